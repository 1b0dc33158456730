"""Compares the clusterings label by label.

Caught by: test_worked_example, test_pairs, test_rand, test_precision, test_extremes
"""

def compare_clusterings(first, second):
    together = apart = pairs = joined = 0
    for i in range(len(first)):
        for j in range(i):
            in_first, in_second = first[i] == second[i], first[j] == second[j]
            pairs += 1
            joined += int(in_first)
            together += int(in_first and in_second)
            apart += int(not in_first and not in_second)
    precision = together / joined if joined else None
    return {"together": together, "apart": apart, "rand": (together + apart) / pairs, "precision": precision}
