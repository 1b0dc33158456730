import math

import numpy as np
import pytest

WORDS = ["gate", "rope", "ladder", "tile", "pump", "lamp", "hinge", "bark"]


def _sentence(rng, words):
    """Join words by separators, with capitals here and there."""
    parts = []
    for word in words:
        parts += [word.upper() if rng.random() < 0.2 else word, rng.choice([" ", ", ", "-", "! ", "_", "7", "'"])]
    return "".join(parts)


def _report(votes, truth, rule):
    """Work out the three numbers of one rule by counting."""
    cast = [text for text in range(len(votes)) if votes[text][rule] is not None]
    against = [text for text in cast if {*votes[text]} - {None, votes[text][rule]}]
    known = [text for text in cast if truth[text] is not None]
    right = [text for text in known if truth[text] == votes[text][rule]]
    return {
        "coverage": len(cast) / len(votes),
        "conflicts": len(against) / len(votes),
        "accuracy": len(right) / len(known) if known else math.nan,
    }


@pytest.mark.check(points=1, visible=True)
def test_three_notes(student):
    """The three notes and two rules of the example."""
    texts = ["Glass by the gate!", "The glassy pond is lovely", "lovely, but a wire hangs out"]
    votes = student.rule_votes(texts, [({"glass", "wire"}, "hazard"), (["lovely"], "fine")])
    assert [list(row) for row in votes] == [["hazard", None], [None, "fine"], ["hazard", "fine"]]
    first, second = student.rule_report(votes, ["hazard", None, "hazard"])
    assert first == pytest.approx({"coverage": 2 / 3, "conflicts": 1 / 3, "accuracy": 1})
    assert second == pytest.approx({"coverage": 2 / 3, "conflicts": 1 / 3, "accuracy": 0})


@pytest.mark.check(points=1)
def test_fresh_texts(student, rng):
    """Fresh texts and rules, with capitals in either and several kinds of separators."""
    rules = [
        ({"gate", "ROPE"}, "hazard"),
        (["lamp"], "fine"),
        (("Pump", "hinge", "tile"), "repair"),
        ({"elsewhere"}, "fine"),
    ]
    texts, expected = [], []
    for _ in range(40):
        words = rng.choice(WORDS, int(rng.integers(0, 5))).tolist()
        texts.append(_sentence(rng, words))
        hit = [bool({word.lower() for word in rule[0]} & set(words)) for rule in rules]
        expected.append([label if yes else None for yes, (_, label) in zip(hit, rules, strict=True)])
    assert [list(row) for row in student.rule_votes(texts, rules)] == expected


@pytest.mark.check(points=1)
def test_whole_words(student, rng):
    """Words inside other words, at both ends of a text, next to digits, and texts without any word."""
    word = str(rng.choice(WORDS))
    rules = [([word], 2), ([word[1:]], 1)]
    texts = [word, f"{word}s are here", f"un{word}", f"Two {word}."]
    texts += [f"4{word}4", f"{word}_{word}", "", "123 !", word[:-1]]
    seen = [True, False, False, True, True, True, False, False, False]
    votes = [list(row) for row in student.rule_votes(texts, rules)]
    assert votes == [[2 if yes else None, None] for yes in seen]
    assert list(student.rule_votes([], rules)) == []


@pytest.mark.check(points=2)
def test_fresh_reports(student, rng):
    """Fresh votes of four rules, with some true labels known and some not."""
    for _ in range(3):
        votes = rng.choice(np.array([None, None, "fine", "repair", "hazard"], dtype=object), (50, 4)).tolist()
        truth = rng.choice(np.array([None, "fine", "repair", "hazard"], dtype=object), 50).tolist()
        report = student.rule_report(votes, truth)
        assert len(report) == 4
        for rule in range(4):
            assert dict(report[rule]) == pytest.approx(_report(votes, truth, rule))


@pytest.mark.check(points=1)
def test_silent_and_agreeing_rules(student, rng):
    """Rules that never vote, that vote where nothing is known, that agree, and that vote for the number 0."""
    size = int(rng.integers(4, 9))
    votes = [[None, "fine", "fine", None]] * size + [[None, "fine", "repair", "hazard"]]
    truth = ["fine"] * size + [None]
    report = [dict(entry) for entry in student.rule_report(votes, truth)]
    for rule in range(4):
        assert report[rule] == pytest.approx(_report(votes, truth, rule), nan_ok=True)
    (single,) = student.rule_report([["hazard"]], ["fine"])
    assert single == pytest.approx({"coverage": 1, "conflicts": 0, "accuracy": 0})
    votes = [[0, 1], [0, None], [None, 1], [0, 0]] * size
    truth = [0, 0, 1, 1] * size
    report = [dict(entry) for entry in student.rule_report(votes, truth)]
    assert report[0] == pytest.approx({"coverage": 3 / 4, "conflicts": 1 / 4, "accuracy": 2 / 3})
    assert report[1] == pytest.approx({"coverage": 3 / 4, "conflicts": 1 / 4, "accuracy": 1 / 3})
