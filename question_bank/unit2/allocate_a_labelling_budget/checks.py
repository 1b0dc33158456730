import numpy as np
import pytest


def _dealt(sizes, budget, least):
    """Deal the labels out one by one, comparing fractions by cross-multiplication."""
    names = list(sizes)
    given = [min(least, sizes[name]) for name in names]
    for _ in range(budget - sum(given)):
        best = 0
        for other in range(1, len(names)):
            size, size_of_best = sizes[names[other]], sizes[names[best]]
            ours, theirs = given[other] * size_of_best, given[best] * size
            if ours < theirs or (ours == theirs and size > size_of_best):
                best = other
        given[best] += 1
    return dict(zip(names, given, strict=True))


def _drawn(strata, counts, seed):
    """Draw with one lottery number for each note; return a dict from row to weight."""
    lottery = np.random.default_rng(seed).random(len(strata)).tolist()
    drawn = {}
    for name, count in counts.items():
        members = [row for row, stratum in enumerate(strata) if stratum == name]
        for row in sorted(members, key=lambda row: lottery[row])[:count]:
            drawn[row] = len(members) / count
    return drawn


def _same_draw(answer, drawn):
    rows, weights = answer
    assert len(rows) == len(weights) == len(drawn)
    assert [int(row) for row in rows] == sorted(drawn)
    assert [float(weight) for weight in weights] == pytest.approx([drawn[row] for row in sorted(drawn)])


@pytest.mark.check(points=1, visible=True)
def test_three_districts(student):
    """The example: five labels for three districts."""
    assert student.allocate({"north": 6, "south": 3, "quay": 1}, 5, 1) == {"north": 3, "south": 1, "quay": 1}


@pytest.mark.check(points=1, visible=True)
def test_a_small_draw(student):
    """Two of four notes from the north, and the only one from the quay."""
    strata = ["north", "north", "quay", "north", "north"]
    rows, weights = student.draw_strata(strata, {"north": 2, "quay": 1}, 4)
    assert len(rows) == 3
    assert list(rows) == sorted(rows), "The rows come in increasing order."
    assert 2 in rows
    assert [float(weight) for weight in weights] == [1.0 if row == 2 else 2.0 for row in rows]


@pytest.mark.check(points=1)
def test_fresh_budgets(student, rng):
    """Fresh strata and budgets, some of them too small for what they were promised."""
    for least in (0, 1, 3, 8):
        sizes = {f"s{number}": int(size) for number, size in enumerate(rng.integers(1, 90, 6))}
        sizes["last"] = 2
        promised = sum(min(least, size) for size in sizes.values())
        for budget in (promised + int(rng.integers(1, 20)), promised + int(rng.integers(20, 50))):
            assert student.allocate(sizes, budget, least) == _dealt(sizes, budget, least)


@pytest.mark.check(points=1)
def test_levels_and_limits(student, rng):
    """Equal shares, equal sizes, a budget that is just promised, and one that labels everything."""
    size = int(rng.integers(5, 12))
    level = {"b": size, "a": size, "d": 2 * size, "c": 2 * size}
    for budget in (1, 2, 3, 5, 7, 3 * size + 1):
        assert student.allocate(level, budget, 0) == _dealt(level, budget, 0)
    sizes = {"x": size, "y": 1, "z": 4 * size}
    assert student.allocate(sizes, 7, 3) == {"x": 3, "y": 1, "z": 3}
    assert student.allocate(sizes, 5 * size + 1, 2) == sizes


@pytest.mark.check(points=1)
def test_fresh_draws(student, rng):
    """Fresh strata in lists and arrays, of words and of numbers."""
    for names in (["hill", "port", "mill"], [7, 3, 11]):
        strata = rng.choice(names, 80, p=[0.6, 0.3, 0.1])
        strata[:6] = names * 2
        counts = {names[1]: 2, names[0]: int(rng.integers(5, 15)), names[2]: 1}
        for given in (strata, strata.tolist()):
            seed = int(rng.integers(10000))
            _same_draw(student.draw_strata(given, counts, seed), _drawn(strata.tolist(), counts, seed))


@pytest.mark.check(points=1)
def test_whole_and_absent_strata(student, rng):
    """A stratum drawn whole, one of which nothing is drawn, and one that is not named."""
    strata = rng.permutation(["whole"] * 7 + ["none"] * 9 + ["other"] * 5 + ["some"] * 12)
    counts = {"whole": 7, "none": 0, "some": 4}
    seed = int(rng.integers(10000))
    _same_draw(student.draw_strata(strata, counts, seed), _drawn(strata.tolist(), counts, seed))
