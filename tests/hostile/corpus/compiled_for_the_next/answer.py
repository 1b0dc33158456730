import os


def attempt(what, act):
    try:
        result = act()
    except BaseException as problem:
        print("refused:", what, type(problem).__name__)
    else:
        print("got through:", what, repr(result)[:200])


import numpy
import py_compile

open("mine.py", "w").write("raise SystemExit")
target = numpy.__file__.replace("__init__.py", "__pycache__/hostile-corpus.pyc")
attempt("compiled", lambda: py_compile.compile("mine.py", target, doraise=True))


import numpy as np


def mean(numbers):
    return float(np.mean(numbers))
