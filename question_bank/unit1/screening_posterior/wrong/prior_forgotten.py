"""Compares the likelihoods alone, as if half of all people were ill.

Caught by: test_worked_example, test_one_result, test_several_results, test_certain_and_impossible
"""


def posterior(prevalence, sensitivity, specificity, results):
    ill, well = 0.5, 0.5
    for result in results:
        ill *= sensitivity if result == "+" else 1 - sensitivity
        well *= 1 - specificity if result == "+" else specificity
    return ill / (ill + well) if ill + well > 0 else None
