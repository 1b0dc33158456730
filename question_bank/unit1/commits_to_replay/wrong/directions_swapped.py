"""Lists what the other branch lacks.

Caught by: test_worked_example, test_forks, test_merges, test_nothing_or_everything
"""


def commits_to_replay(parents, mine, theirs):

    def history(tip):
        found, waiting = set(), [tip]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += parents[name]
        return found

    left = history(mine) - history(theirs)
    order = []
    while left:
        ready = min(name for name in left if left.isdisjoint(parents[name]))
        left.remove(ready)
        order.append(ready)
    return order
