"""Set, hand out, grade and judge the practicals, tests and exams of a machine-learning course."""

__version__ = "0.1.0"
