"""One file per verb; the only place where the rooms of the house meet."""
