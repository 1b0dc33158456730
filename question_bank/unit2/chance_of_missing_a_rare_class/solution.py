def chance_of_missing(total, rare, drawn):
    """Return the probability that none of the rare notes is among those drawn."""
    chance = 1.0
    for gone in range(drawn):
        chance *= (total - rare - gone) / (total - gone)
    return chance


def labels_needed(total, rare, sure):
    """Return the smallest number of notes to draw so that a rare one is among them as surely as asked, or None."""
    if rare == 0:
        return None
    drawn = 1
    while 1 - chance_of_missing(total, rare, drawn) < sure:
        drawn += 1
    return drawn
