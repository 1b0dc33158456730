def bias_variance(predictions, truth):
    """Return {"bias2": squared bias, "variance": variance, "error": mean squared error, "worst": number of a point}."""
    # Your code here
    return {"bias2": 0.0, "variance": 0.0, "error": 0.0, "worst": 0}
