"""Multiplies by the likelihoods of a positive result whatever the result is.

Caught by: test_one_result, test_several_results, test_certain_and_impossible
"""


def posterior(prevalence, sensitivity, specificity, results):
    ill, well = prevalence, 1 - prevalence
    for result in results:
        ill *= sensitivity
        well *= 1 - specificity
    return ill / (ill + well) if ill + well > 0 else None
