"""The gradebook: nbgrader's database with our own tables beside it, and what is read from it and exported."""
