import os


def attempt(what, act):
    try:
        result = act()
    except BaseException as problem:
        print("refused:", what, type(problem).__name__)
    else:
        print("got through:", what, repr(result)[:200])


with open("large", "wb") as large:
    attempt("large file", lambda: large.truncate(64 << 20))


import numpy as np


def mean(numbers):
    return float(np.mean(numbers))
