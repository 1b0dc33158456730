import os


def attempt(what, act):
    try:
        result = act()
    except BaseException as problem:
        print("refused:", what, type(problem).__name__)
    else:
        print("got through:", what, repr(result)[:200])


attempt("link", lambda: os.link("/etc/passwd", "mine"))
attempt("rename in", lambda: os.rename("/etc/hostname", "mine"))
open("bait", "w").write("bait")
attempt("rename out", lambda: os.rename("bait", "/tmp/hostile-corpus-bait"))
attempt("link out", lambda: os.link("bait", "/tmp/hostile-corpus-link"))


import numpy as np


def mean(numbers):
    return float(np.mean(numbers))
