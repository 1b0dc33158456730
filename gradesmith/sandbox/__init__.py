"""Run student code confined, and checks on it from another process; only plain data crosses.

The door is `gradesmith.sandbox.engine.Engine`.
"""
