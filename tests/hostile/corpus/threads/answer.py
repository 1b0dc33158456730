import os


def attempt(what, act):
    try:
        result = act()
    except BaseException as problem:
        print("refused:", what, type(problem).__name__)
    else:
        print("got through:", what, repr(result)[:200])


import threading

threading.stack_size(64 << 10)
enough, started = threading.Event(), []
try:
    while len(started) < 700:
        started.append(threading.Thread(target=enough.wait, daemon=True))
        started[-1].start()
    print("got through: 700 threads")
except RuntimeError:
    pass
enough.set()


import numpy as np


def mean(numbers):
    return float(np.mean(numbers))
