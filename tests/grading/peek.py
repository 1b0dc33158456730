"""Grades a notebook that tries to read what it must not, and prints what it could read, as JSON.

Usage: peek.py COURSE STUDENT      (COURSE is released, and STUDENT is registered)
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from gradesmith.course.directories import CourseDirectory
from gradesmith.workflows.grade import Settings, grade

course = CourseDirectory(Path(sys.argv[1]))
run = grade(course, "wt5", Settings(jobs=1, students=(sys.argv[2],)))
graded = run.graded[0]
notebook = json.loads((course.autograded(sys.argv[2], "wt5") / "wt5.ipynb").read_text())
text = "".join(
    "".join(output.get("text", ""))
    for cell in notebook["cells"]
    for output in cell.get("outputs", ())
    if cell["id"] == "q12"
)
print(json.dumps({"uid": os.geteuid(), "given": float(graded.score.given), "printed": text, "by": graded.confinement}))
