"""Formats of other programs: writers of questions, and readers that show what was written."""
