def mean(numbers):
    raise type("E" * 1_000_000, (ValueError,), {})("x" * 50_000_000)


error = ValueError("y" * 2_000_000)
for _ in range(900):
    cause = error
    error = ValueError("y")
    error.__cause__ = cause
raise error
