"""Divides by the pairs together in the second clustering.

Caught by: test_precision, test_extremes
"""

def compare_clusterings(first, second):
    together = apart = pairs = joined = 0
    for i in range(len(first)):
        for j in range(i):
            in_first, in_second = first[i] == first[j], second[i] == second[j]
            pairs += 1
            joined += int(in_second)
            together += int(in_first and in_second)
            apart += int(not in_first and not in_second)
    precision = together / joined if joined else None
    return {"together": together, "apart": apart, "rand": (together + apart) / pairs, "precision": precision}
