def mean(numbers):
    nested = 0.0
    for _ in range(200_000):
        nested = [nested]
    return nested
