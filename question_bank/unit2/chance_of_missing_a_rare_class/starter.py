def chance_of_missing(total, rare, drawn):
    """Return the probability that none of the rare notes is among those drawn."""
    ...


def labels_needed(total, rare, sure):
    """Return the smallest number of notes to draw so that a rare one is among them as surely as asked, or None."""
    ...
