import mmap
import os


def attempt(what, act):
    try:
        result = act()
    except BaseException as problem:
        print("refused:", what, type(problem).__name__)
    else:
        print("got through:", what, repr(result)[:200])


attempt("memory", lambda: len(mmap.mmap(-1, 2 << 30)))


import numpy as np


def mean(numbers):
    return float(np.mean(numbers))
