def compare_clusterings(first, second):
    """Return {"together": pairs, "apart": pairs, "rand": Rand index, "precision": share of the pairs or None}."""
    together = apart = pairs = joined = 0
    for i in range(len(first)):
        for j in range(i):
            in_first, in_second = first[i] == first[j], second[i] == second[j]
            pairs += 1
            joined += int(in_first)
            together += int(in_first and in_second)
            apart += int(not in_first and not in_second)
    precision = together / joined if joined else None
    return {"together": together, "apart": apart, "rand": (together + apart) / pairs, "precision": precision}
