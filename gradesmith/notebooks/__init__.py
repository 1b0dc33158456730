"""Notebooks written from a form, and read back against it. The one door to nbformat."""
