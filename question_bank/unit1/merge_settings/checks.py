import pytest


@pytest.mark.check(points=1, visible=True)
def test_worked_example(student):
    """One change on each branch, and one name that both changed."""
    base = {"rate": 0.1, "epochs": 20, "layers": 2}
    ours = {"rate": 0.3, "epochs": 50, "layers": 2}
    theirs = {"rate": 0.01, "epochs": 20, "layers": 3}
    result = student.merge_settings(base, ours, theirs)
    assert result == {"merged": {"epochs": 50, "layers": 3}, "conflicts": ["rate"]}


ABSENT = None
# state of a name in base, ours and theirs, and after the merge; a, b and c are different values
CHANGES = ("aaa a", "aba b", "aab b", "abb b", "abc !")
DELETIONS = ("a-a -", "aa- -", "a-- -", "a-b !", "ab- !")
ADDITIONS = ("-a- a", "--a a", "-aa a", "-ab !")


def branches(rng, patterns, values):
    """Make three dictionaries in which each pattern occurs twice, and what a merge of them must give."""
    sides, merged, conflicts = ({}, {}, {}), {}, []
    names = [f"{letter}{number}" for letter in "pqrstuvw" for number in range(10)]
    chosen = rng.choice(names, 2 * len(patterns), replace=False).tolist()
    for name, pattern in zip(chosen, rng.permutation(list(patterns) * 2).tolist(), strict=True):
        drawn = [values[place] for place in rng.permutation(len(values))[:3]]
        state = dict(zip("abc", drawn, strict=True))
        for side, letter in zip(sides, pattern[:3], strict=True):
            if letter != "-":
                side[name] = state[letter]
        if pattern[-1] == "!":
            conflicts.append(name)
        elif pattern[-1] != "-":
            merged[name] = state[pattern[-1]]
    return sides, {"merged": merged, "conflicts": sorted(conflicts)}


def judge(student, rng, patterns, values, complaint):
    """Compare the student's merge of random branches with what it must be."""
    for _ in range(3):
        (base, ours, theirs), right = branches(rng, patterns, values)
        result = student.merge_settings(base, ours, theirs)
        assert result["merged"] == right["merged"], complaint
        assert result["conflicts"] == right["conflicts"], "the list of conflicts is wrong"


@pytest.mark.check(points=1)
def test_changed_values(student, rng):
    """Names that all three know, with values changed on one branch or on both."""
    judge(student, rng, CHANGES, [3, 4.5, "relu", "adam", 17], "a changed value is merged wrongly")


@pytest.mark.check(points=1)
def test_deleted_names(student, rng):
    """Names that one branch deleted, while the other left or changed them."""
    judge(student, rng, DELETIONS + ("aaa a",), [3, 4.5, "relu", "adam", 17], "a deleted name is merged wrongly")


@pytest.mark.check(points=1)
def test_added_names(student, rng):
    """Names that the base does not know, added by one branch or by both."""
    judge(student, rng, ADDITIONS, [3, 4.5, "relu", "adam", 17], "an added name is merged wrongly")


@pytest.mark.check(points=1)
def test_values_that_look_like_nothing(student, rng):
    """Zeros and empty strings are values like any other."""
    judge(student, rng, CHANGES + DELETIONS + ADDITIONS, [0, "", 1], "a value such as zero is merged wrongly")
