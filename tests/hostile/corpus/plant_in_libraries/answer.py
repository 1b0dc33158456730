import os


def attempt(what, act):
    try:
        result = act()
    except BaseException as problem:
        print("refused:", what, type(problem).__name__)
    else:
        print("got through:", what, repr(result)[:200])


import numpy
import site

package = os.path.dirname(numpy.__file__)
attempt("change numpy", lambda: open(f"{package}/__init__.py", "a").write(""))
attempt("new module", lambda: open(f"{package}/hostile-corpus.py", "w").write(""))
for folder in site.getsitepackages():
    attempt("start-up file", lambda: open(f"{folder}/hostile-corpus.pth", "w").write("import os"))


import numpy as np


def mean(numbers):
    return float(np.mean(numbers))
