for _ in range(60):
    print("x" * 100_000)
display({"text/html": "<b>" + "y" * 3_000_000, "text/plain": "z" * 3_000_000}, raw=True)


import numpy as np


def mean(numbers):
    return float(np.mean(numbers))
