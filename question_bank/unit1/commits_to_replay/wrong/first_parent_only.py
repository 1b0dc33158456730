"""Follows the first parent alone and so misses what came by a merge.

Caught by: test_merges, test_nothing_or_everything
"""


def commits_to_replay(parents, mine, theirs):

    def history(tip):
        found, waiting = set(), [tip]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += parents[name][:1]
        return found

    left = history(theirs) - history(mine)
    order = []
    while left:
        ready = min(name for name in left if left.isdisjoint(parents[name]))
        left.remove(ready)
        order.append(ready)
    return order
