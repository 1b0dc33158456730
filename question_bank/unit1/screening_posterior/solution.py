def posterior(prevalence, sensitivity, specificity, results):
    """Return the probability of the disease after the results, or None where they are impossible."""
    ill, well = prevalence, 1 - prevalence
    for result in results:
        ill *= sensitivity if result == "+" else 1 - sensitivity
        well *= 1 - specificity if result == "+" else specificity
    return ill / (ill + well) if ill + well > 0 else None
