def commits_to_replay(parents, mine, theirs):
    """Return the commits that theirs has and mine lacks, each after its parents."""
    # Your code here
    return [mine, theirs]
