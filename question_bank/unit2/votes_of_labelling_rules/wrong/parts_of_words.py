"""Looks for the words anywhere in the text, so that a word inside another one counts.

Caught by: test_three_notes, test_whole_words
"""


def rule_votes(texts, rules):
    return [
        [label if any(word.lower() in text.lower() for word in words) else None for words, label in rules]
        for text in texts
    ]


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
