"""Exam papers from frozen forms: as PDF, HTML and Word, with their keys, answer sheets and typed-in responses."""
