import os


def attempt(what, act):
    try:
        result = act()
    except BaseException as problem:
        print("refused:", what, type(problem).__name__)
    else:
        print("got through:", what, repr(result)[:200])


import socket

attempt("listen", lambda: socket.create_server(("127.0.0.1", 0)))


import numpy as np


def mean(numbers):
    return float(np.mean(numbers))
