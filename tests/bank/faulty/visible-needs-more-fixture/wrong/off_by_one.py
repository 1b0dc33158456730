"""Divides by one more.

Caught by: test_worked_example, test_fresh_numbers
"""


def mean(numbers):
    return sum(numbers) / (len(numbers) + 1)
