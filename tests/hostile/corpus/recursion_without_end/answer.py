import sys

sys.setrecursionlimit(10**9)


def mean(numbers):
    return mean([numbers])
