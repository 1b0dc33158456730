"""Pages made from what the gradebook knows: feedback for one student, and the whole class for the instructor."""
