"""Grades in a process of its own, to be killed.

Usage: coordinator.py COURSE ASSESSMENT [again] [alone]
"""

from __future__ import annotations

import sys
from pathlib import Path

from gradesmith.course.directories import CourseDirectory
from gradesmith.workflows.grade import Settings, grade

settings = Settings(jobs=1 if "alone" in sys.argv else 2, again="again" in sys.argv)
run = grade(CourseDirectory(Path(sys.argv[1])), sys.argv[2], settings)
print(len(run.graded), len(run.unchanged), run.failed)
sys.exit(bool(run.failed))
