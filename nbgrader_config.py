"""Makes this repository a working nbgrader course: ``nbgrader formgrader`` and its other tools work from here."""

from pathlib import Path

from gradesmith.course.exchange import use

c = get_config()  # noqa: F821 - nbgrader's own name

root = Path(__file__).parent.resolve()

c.CourseDirectory.root = str(root)
c.CourseDirectory.course_id = "machine-learning"
c.CourseDirectory.db_url = f"sqlite:///{root / 'gradebook' / 'gradebook.db'}"
# Source cells hold the starter and then the solution between nbgrader's marks, so nothing takes the solution's place.
c.ClearSolutions.code_stub = {"python": ""}
c.ClearSolutions.text_stub = "*Write your answer here.*"

# Each student fetches their own form, and nobody reads what another hands in.
use(c)
# Students whose id is not their user name here: c.FormExchange.students = {"ada": "al1815"}
