"""Divides by all texts, so that a rule which abstains counts as mistaken.

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
        conflicts = sum(any(other not in (None, row[rule]) for other in row) for row, _ in cast)
        report.append(
            {
                "coverage": len(cast) / len(votes),
                "conflicts": conflicts / len(votes),
                "accuracy": sum(row[rule] == label for row, label in zip(votes, truth)) / len(votes),
            }
        )
    return report
