import os


def mean(numbers):
    os.abort()
