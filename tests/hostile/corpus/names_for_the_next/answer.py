import builtins
import os
import sys

import numpy as np

builtins.hostile = np.hostile = sys.hostile = "for the next"
os.environ["HOSTILE"] = "for the next"
sys.path.insert(0, os.getcwd())
np.mean_of_before, np.mean = np.mean, lambda numbers: 0.0
os.umask(0)
os.chdir("/")


def mean(numbers):
    return float(np.mean_of_before(numbers))
