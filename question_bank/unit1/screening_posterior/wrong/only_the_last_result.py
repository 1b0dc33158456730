"""Starts again from the prevalence for each result, so that just the last one counts.

Caught by: test_several_results, test_certain_and_impossible
"""


def posterior(prevalence, sensitivity, specificity, results):
    answer = prevalence
    for result in results:
        ill = prevalence * (sensitivity if result == "+" else 1 - sensitivity)
        well = (1 - prevalence) * (1 - specificity if result == "+" else specificity)
        answer = ill / (ill + well) if ill + well > 0 else None
    return answer
