"""Takes the last of the possible names instead of the first.

Caught by: test_merges
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

    left = history(theirs) - history(mine)
    order = []
    while left:
        ready = max(name for name in left if left.isdisjoint(parents[name]))
        left.remove(ready)
        order.append(ready)
    return order
