"""Takes the specificity for the rate of false alarms.

Caught by: test_worked_example, test_one_result, test_several_results, test_certain_and_impossible
"""


def posterior(prevalence, sensitivity, specificity, results):
    ill, well = prevalence, 1 - prevalence
    for result in results:
        ill *= sensitivity if result == "+" else 1 - sensitivity
        well *= specificity if result == "+" else 1 - specificity
    return ill / (ill + well) if ill + well > 0 else None
