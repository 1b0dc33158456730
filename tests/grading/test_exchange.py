"""The real way through nbgrader's exchange, as instructor and student walk it."""

from __future__ import annotations

import os
import pwd
from hashlib import sha256

from gradesmith.course.directories import write_whole
from gradesmith.notebooks.writing import answered_notebook, solutions
from gradesmith.workflows.grade import Settings, grade
from gradesmith.workflows.opening import open_gradebook
from gradesmith.workflows.results import feedback
from tests.grading.courses import nbgrader, new_course

SETTINGS = """
from gradesmith.course.exchange import use
c = get_config()
use(c)
"""


def test_release_fetch_submit_collect_grade(tmp_path) -> None:
    """What went through nbgrader's release, fetch, submit and collect is graded, and feedback goes the same way back.

    Students have forms of their own, and fetch theirs. What came by another way, and so without the exchange's secret,
    keeps nobody's feedback back.
    """
    me = pwd.getpwuid(os.getuid()).pw_name
    course = new_course(tmp_path / "course", "wt5", students=(me, "by-mail"))
    exchange, home = tmp_path / "exchange", tmp_path / "home"
    exchange.mkdir(mode=0o777)
    exchange.chmod(0o777)
    home.mkdir()
    options = [
        f"--Exchange.root={exchange}",
        "--CourseDirectory.course_id=machine-learning",
        f"--Exchange.cache={home}",
    ]
    student = {"HOME": str(home)}
    (home / "nbgrader_config.py").write_text(SETTINGS)
    with open_gradebook(course) as gradebook:
        form = gradebook.form_for("wt5", me)
    said = [nbgrader(course, "release_assignment", "wt5", f"--Exchange.root={exchange}")]
    said.append(nbgrader(course, "fetch_assignment", "wt5", *options, cwd=home, **student))
    fetched = home / "wt5" / "wt5.ipynb"
    assert fetched.is_file(), "\n".join(said)
    assert fetched.read_text() == (course.release_to(me, "wt5") / "wt5.ipynb").read_text()
    fetched.write_text(answered_notebook(form, solutions(form)))
    said.append(nbgrader(course, "submit", "wt5", *options, cwd=home, **student))
    assert sha256(fetched.read_bytes()).hexdigest() in said[-1]
    said.append(nbgrader(course, "collect", "wt5", f"--Exchange.root={exchange}"))
    assert (course.submitted / me / "wt5" / "wt5.ipynb").is_file(), "\n".join(said)
    write_whole(course.submitted / "by-mail" / "wt5" / "wt5.ipynb", "")
    run = grade(course, "wt5", Settings(jobs=1))
    assert {one.student: one.score.given for one in run.graded} == {me: 20, "by-mail": 0}
    feedback(course, "wt5")
    said = [nbgrader(course, "release_feedback", "wt5", f"--Exchange.root={exchange}")]
    said.append(nbgrader(course, "fetch_feedback", "wt5", *options, cwd=home, **student))
    fetched_pages = list((home / "wt5" / "feedback").glob("*/wt5.html"))
    assert [page.read_text() for page in fetched_pages] == [(course.feedback(me, "wt5") / "wt5.html").read_text()], said
    timestamp = (course.feedback(me, "wt5") / "timestamp.txt").read_text()
    assert timestamp == (course.submitted / me / "wt5" / "timestamp.txt").read_text().strip()
    kept = (course.feedback("by-mail", "wt5") / "submission_secret.txt").read_text()
    feedback(course, "wt5")
    assert (course.feedback("by-mail", "wt5") / "submission_secret.txt").read_text() == kept
    exported = nbgrader(course, "export", "--to", str(tmp_path / "grades.csv"))
    assert me in (tmp_path / "grades.csv").read_text(), exported
    pages = nbgrader(course, "generate_feedback", "wt5")
    page = course.feedback(me, "wt5") / "wt5.html"
    assert page.is_file(), pages
    hidden = [check.name for check in form.slots[-1].variant.parts[0].key.checks if not check.visible]
    assert not any(name in page.read_text() for name in hidden)
