def rule_votes(texts, rules):
    """Return, for each text, the list of what the rules vote for (None where a rule abstains)."""
    ...


def rule_report(votes, truth):
    """Return a dict with coverage, conflicts and accuracy for each rule."""
    ...
