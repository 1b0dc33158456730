taken = []
try:
    while True:
        taken.append(bytearray(10 << 20))
        if len(taken) > 100:
            print("got through: a gigabyte")
            break
except MemoryError:
    pass
del taken


import numpy as np


def mean(numbers):
    return float(np.mean(numbers))
