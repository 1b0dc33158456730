"""Moodle XML, as Moodle's own ``question/format/xml`` reads and writes it."""
