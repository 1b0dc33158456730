import os


def attempt(what, act):
    try:
        result = act()
    except BaseException as problem:
        print("refused:", what, type(problem).__name__)
    else:
        print("got through:", what, repr(result)[:200])


import socket

attempt("datagrams", lambda: socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM))
attempt("stream", lambda: socket.socket(socket.AF_UNIX, socket.SOCK_STREAM))
attempt("pair of datagrams", lambda: socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM))
attempt("netlink", lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0))
attempt("virtual machine", lambda: socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM))


import numpy as np


def mean(numbers):
    return float(np.mean(numbers))
