def merge_settings(base, ours, theirs):
    """Return {"merged": the settings on which there is agreement, "conflicts": the names in dispute}."""
    # Your code here
    return {"merged": {}, "conflicts": []}
