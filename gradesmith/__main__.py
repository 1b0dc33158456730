"""Lets ``python -m gradesmith`` do what ``gradesmith`` does."""

from gradesmith.cli.main import main

main()
