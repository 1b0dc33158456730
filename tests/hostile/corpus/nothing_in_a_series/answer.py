import pandas


def mean(numbers):
    return pandas.Series([], dtype=float)
