def mean(numbers):
    """Return the mean."""
    # Your code here
    return sum(numbers) / len(numbers)
