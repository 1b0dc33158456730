taken = []
try:
    while True:
        taken.append(bytearray(10 << 20))
        if len(taken) > 40:
            print("got", "through: 400 MB")
            break
except MemoryError:
    pass
del taken


import numpy as np


def mean(numbers):
    return float(np.mean(numbers))
