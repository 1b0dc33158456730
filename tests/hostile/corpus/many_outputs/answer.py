import sys

for _ in range(50_000):
    sys.stdout.write("a")
    sys.stderr.write("b")


import numpy as np


def mean(numbers):
    return float(np.mean(numbers))
