import re


def rule_votes(texts, rules):
    """Return, for each text, the list of what the rules vote for (None where a rule abstains)."""
    votes = []
    for text in texts:
        found = set(re.findall("[a-z]+", text.lower()))
        votes.append([label if any(word.lower() in found for word in words) else None for words, label in rules])
    return votes


def rule_report(votes, truth):
    """Return a dict with coverage, conflicts and accuracy for each rule."""
    report = []
    for rule in range(len(votes[0])):
        cast = [(row, label) for row, label in zip(votes, truth) if row[rule] is not None]
        conflicts = sum(any(other not in (None, row[rule]) for other in row) for row, _ in cast)
        right = [row[rule] == label for row, label in cast if label is not None]
        report.append(
            {
                "coverage": len(cast) / len(votes),
                "conflicts": conflicts / len(votes),
                "accuracy": sum(right) / len(right) if right else float("nan"),
            }
        )
    return report
