"""Divides by the healthy alone, which gives odds and no probability.

Caught by: test_worked_example, test_one_result, test_several_results, test_certain_and_impossible
"""


def posterior(prevalence, sensitivity, specificity, results):
    ill, well = prevalence, 1 - prevalence
    for result in results:
        ill *= sensitivity if result == "+" else 1 - sensitivity
        well *= 1 - specificity if result == "+" else specificity
    return ill / well if well > 0 else None
