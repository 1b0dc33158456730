def merge_settings(base, ours, theirs):
    """Return {"merged": the settings on which there is agreement, "conflicts": the names in dispute}."""
    merged, conflicts = {}, []
    for name in sorted({*base, *ours, *theirs}):
        old, our, their = base.get(name), ours.get(name), theirs.get(name)
        if our != their and old not in (our, their):
            conflicts.append(name)
            continue
        value = their if our == old else our
        if value is not None:
            merged[name] = value
    return {"merged": merged, "conflicts": conflicts}
