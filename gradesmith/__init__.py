"""Set, hand out, grade and judge the tests of a machine-learning course."""
