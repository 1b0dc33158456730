def mean(numbers):
    """Return the mean."""
    # Your code here
