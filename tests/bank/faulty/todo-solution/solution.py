# TODO: mind the empty list
def mean(numbers):
    return sum(numbers) / len(numbers)
