import os


def attempt(what, act):
    try:
        result = act()
    except BaseException as problem:
        print("refused:", what, type(problem).__name__)
    else:
        print("got through:", what, repr(result)[:200])


import multiprocessing
from multiprocessing import shared_memory

attempt("block", lambda: shared_memory.SharedMemory("hostile-corpus", create=True, size=10))
attempt("semaphore", lambda: multiprocessing.Lock())


import numpy as np


def mean(numbers):
    return float(np.mean(numbers))
