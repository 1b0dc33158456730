import os


def attempt(what, act):
    try:
        result = act()
    except BaseException as problem:
        print("refused:", what, type(problem).__name__)
    else:
        print("got through:", what, repr(result)[:200])


import multiprocessing

attempt("pool", lambda: multiprocessing.get_context("fork").Pool(2).map(abs, [1, -1]))
attempt("process", lambda: multiprocessing.Process(target=print).start())


import numpy as np


def mean(numbers):
    return float(np.mean(numbers))
