from graphlib import TopologicalSorter

import numpy as np
import pytest


def named(rng, graph):
    """Give the commits of a graph, a list of lists of earlier places, random names; the dictionary is shuffled."""
    names = [f"{number:03x}" for number in rng.choice(4000, len(graph), replace=False)]
    items = [(names[place], [names[parent] for parent in above]) for place, above in enumerate(graph)]
    return {items[place][0]: items[place][1] for place in rng.permutation(len(items))}, names


def expected(parents, mine, theirs):
    """Reach by powers of the matrix of steps; order by the sorter of the standard library."""
    names = sorted(parents)
    step = np.array([[one == other or other in parents[one] for other in names] for one in names], dtype=int)
    reached = np.linalg.matrix_power(step.astype(object), len(names)) > 0
    lacking = {
        name
        for name, here, there in zip(names, reached[names.index(mine)], reached[names.index(theirs)], strict=True)
        if there and not here
    }
    sorter = TopologicalSorter({name: [one for one in parents[name] if one in lacking] for name in sorted(lacking)})
    sorter.prepare()
    order, ready = [], []
    while sorter.is_active():
        ready = sorted([*ready, *sorter.get_ready()])
        order.append(ready[0])
        sorter.done(ready.pop(0))
    return order


@pytest.mark.check(points=1, visible=True)
def test_worked_example(student):
    """A fork: one branch has one further commit, the other has two."""
    parents = {"a": [], "b": ["a"], "x": ["b"], "y": ["x"], "c": ["b"]}
    #   a - b - c       mine
    #        \
    #         x - y     theirs
    assert student.commits_to_replay(parents, "c", "y") == ["x", "y"]


@pytest.mark.check(points=1)
def test_forks(student, rng):
    """Forks without merges, some of them long, with random names."""
    for stem, own, other in ((1, 1, 5), (4, 3, 7), (3, 0, 4)):
        places = range(1, stem + own + other)
        graph = [[], *([place - 1 if place != stem + own else stem - 1] for place in places)]
        parents, names = named(rng, graph)
        mine, theirs = names[stem + own - 1], names[-1]
        found = student.commits_to_replay(parents, mine, theirs)
        assert found == expected(parents, mine, theirs), "wrong for a fork"


@pytest.mark.check(points=2)
def test_merges(student, rng):
    """Histories with merges on either branch, and several possible orders."""
    for size in (8, 12, 16, 20):
        graph = [[], [0], [0]]
        for place in range(3, size):
            count = int(rng.choice([1, 2, 2, 3]))
            graph.append(sorted({int(one) for one in rng.integers(max(0, place - 5), place, count)}))
        parents, names = named(rng, graph + [[size - 1, size - 2, 1, 2], [size - 3]])
        for mine, theirs in ((names[1], names[size]), (names[size + 1], names[size]), (names[0], names[size])):
            found = student.commits_to_replay(parents, mine, theirs)
            assert found == expected(parents, mine, theirs), "wrong for a history with merges"


@pytest.mark.check(points=1)
def test_nothing_or_everything(student, rng):
    """Branches of which one holds the other, and branches without a common commit."""
    parents, names = named(rng, [[], [0], [1], [2], [], [4], [5, 3]])
    for mine, theirs in ((3, 0), (3, 3), (6, 5), (6, 2), (0, 3), (3, 5), (5, 6)):
        found = student.commits_to_replay(parents, names[mine], names[theirs])
        assert found == expected(parents, names[mine], names[theirs]), "wrong where one branch holds the other"
