import numpy


def mean(numbers):
    return numpy.array([])
