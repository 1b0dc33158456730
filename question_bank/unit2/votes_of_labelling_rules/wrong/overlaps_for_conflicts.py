"""Counts every text on which another rule votes, too, even for the same label.

Caught by: test_fresh_reports, test_silent_and_agreeing_rules
"""

import re


def rule_votes(texts, rules):
    votes = []
    for text in texts:
        found = set(re.findall("[a-z]+", text.lower()))
        votes.append([label if any(word.lower() in found for word in words) else None for words, label in rules])
    return votes


def rule_report(votes, truth):
    report = []
    for rule in range(len(votes[0])):
        cast = [(row, label) for row, label in zip(votes, truth) if row[rule] is not None]
        overlaps = sum(sum(other is not None for other in row) > 1 for row, _ in cast)
        right = [row[rule] == label for row, label in cast if label is not None]
        report.append(
            {
                "coverage": len(cast) / len(votes),
                "conflicts": overlaps / len(votes),
                "accuracy": sum(right) / len(right) if right else float("nan"),
            }
        )
    return report
