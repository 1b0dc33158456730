import os
station = os.path.dirname(os.getcwd())
for number in range(1, 10):
    for name in ("zygote", "checker"):
        os.symlink(f"{station}/{name}-{number}", f"{name}-{number}")
os.symlink("/tmp", "tmp")
os.symlink(".", "round")
os.makedirs("a/b")
os.symlink("../../..", "a/b/up")


import numpy as np


def mean(numbers):
    return float(np.mean(numbers))
