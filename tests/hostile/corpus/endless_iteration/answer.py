import itertools


def mean(numbers):
    return itertools.count()
