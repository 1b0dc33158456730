import os


def attempt(what, act):
    try:
        result = act()
    except BaseException as problem:
        print("refused:", what, type(problem).__name__)
    else:
        print("got through:", what, repr(result)[:200])


import socket

attempt("DNS", lambda: socket.getaddrinfo("answers.example.org", 80))
attempt("raw socket", lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP))


import numpy as np


def mean(numbers):
    return float(np.mean(numbers))
