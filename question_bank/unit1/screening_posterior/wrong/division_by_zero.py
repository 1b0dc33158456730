"""Divides without asking whether the results can happen at all.

Caught by: test_certain_and_impossible
"""


def posterior(prevalence, sensitivity, specificity, results):
    ill, well = prevalence, 1 - prevalence
    for result in results:
        ill *= sensitivity if result == "+" else 1 - sensitivity
        well *= 1 - specificity if result == "+" else specificity
    return ill / (ill + well)
