def mean(numbers):
    while True:
        pass
