"""Sorts the commits by name, whatever their parents are.

Caught by: test_forks, test_merges, test_nothing_or_everything
"""


def commits_to_replay(parents, mine, theirs):
    def history(tip):
        return {tip}.union(*(history(parent) for parent in parents[tip]))

    return sorted(history(theirs) - history(mine))
