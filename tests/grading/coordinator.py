"""Grades in a process of its own, to be killed.

Usage: coordinator.py COURSE ASSESSMENT [again]
"""

from __future__ import annotations

import sys
from pathlib import Path

from gradesmith.course.directories import CourseDirectory
from gradesmith.workflows.grade import Settings, grade

run = grade(CourseDirectory(Path(sys.argv[1])), sys.argv[2], Settings(jobs=2, again="again" in sys.argv))
print(len(run.graded), len(run.unchanged), run.failed)
sys.exit(bool(run.failed))
