"""The course's folders, what students handed in, and who they are. One of two doors to nbgrader."""
