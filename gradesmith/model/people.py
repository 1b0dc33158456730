"""The people of a course."""

from __future__ import annotations

from gradesmith.model.values import Value


class StudentRecord(Value):
    """A student as registered; the id names folders, so it holds only letters, digits and ``._@+-``."""

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""

    @property
    def name(self) -> str:
        """What to call the student."""
        return " ".join(part for part in (self.first_name, self.last_name) if part) or self.id
