"""Makes this repository a working nbgrader course: ``nbgrader formgrader`` and its other tools work from here."""

from pathlib import Path

c = get_config()  # noqa: F821 - nbgrader's own name

root = Path(__file__).parent.resolve()

c.CourseDirectory.root = str(root)
c.CourseDirectory.course_id = "machine-learning"
c.CourseDirectory.db_url = f"sqlite:///{root / 'gradebook' / 'gradebook.db'}"
# Source cells hold the starter and then the solution between nbgrader's marks, so nothing takes the solution's place.
c.ClearSolutions.code_stub = {"python": ""}
c.ClearSolutions.text_stub = "*Write your answer here.*"
