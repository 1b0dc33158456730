"""Returns 0 for results that cannot happen, as if the disease were excluded.

Caught by: test_certain_and_impossible
"""


def posterior(prevalence, sensitivity, specificity, results):
    ill, well = prevalence, 1 - prevalence
    for result in results:
        ill *= sensitivity if result == "+" else 1 - sensitivity
        well *= 1 - specificity if result == "+" else specificity
    return ill / (ill + well) if ill + well > 0 else 0.0
