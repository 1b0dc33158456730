"""Splits at blanks only, so that a comma or an exclamation mark hides the word before it.

Caught by: test_three_notes, test_fresh_texts, test_whole_words
"""


def rule_votes(texts, rules):
    votes = []
    for text in texts:
        found = set(text.lower().split())
        votes.append([label if any(word.lower() in found for word in words) else None for words, label in rules])
    return votes


def rule_report(votes, truth):
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
