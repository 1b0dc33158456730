"""Forms of students' own go through nbgrader's exchange: two real users, and neither gets at what is the other's."""

from __future__ import annotations

import errno
import json
import logging
import os
import pwd
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import nbgrader.apps
import nbgrader.exchange.default  # noqa: F401
import pytest
from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory as NbgraderDirectory
from nbgrader.exchange import ExchangeError, ExchangeFactory
from nbgrader.server_extensions.assignment_list.handlers import AssignmentList
from traitlets.config import Config

from gradesmith.course.exchange import collecting, fetching, listing, releasing, submitting, use
from gradesmith.course.exchange.proving import prove_exchange
from gradesmith.model.people import StudentRecord
from gradesmith.notebooks.writing import answered_notebook, solutions, student_notebook
from gradesmith.workflows.grade import Settings, grade
from gradesmith.workflows.opening import open_gradebook
from gradesmith.workflows.release import Manner, release
from tests.conftest import SmallCourse, small_course
from tests.grading.unix_users import ADA, BOB, MAIL, TEACHER, as_root, as_user

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PLUGS = (collecting, fetching, listing, releasing, submitting)


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def number(user: str) -> int:
    return pwd.getpwnam(user).pw_uid


@dataclass(frozen=True)
class Place:
    """A course in which ada and bin have forms of their own, an exchange, and a home for everybody."""

    course: SmallCourse
    top: Path

    @property
    def exchange(self) -> Path:
        return self.top / "exchange"

    @property
    def outbound(self) -> Path:
        return self.exchange / "small-course" / "outbound" / "quiz"

    @property
    def inbound(self) -> Path:
        return self.exchange / "small-course" / "inbound"

    def home(self, user: str) -> Path:
        return self.top / user

    def settings(self, user: str, **more: Any) -> Config:
        config = Config()
        use(config)
        config.Exchange.root = str(self.exchange)
        config.Exchange.cache = str(self.home(user) / "cache")
        config.Exchange.assignment_dir = str(self.home(user))
        config.CourseDirectory.course_id = "small-course"
        config.CourseDirectory.root = str(self.course.directory.root)
        config.CourseDirectory.db_url = f"sqlite:///{self.course.directory.gradebook}"
        config.CourseDirectory.assignment_id = "quiz"
        config.FormExchange.students = {"ada": ADA}
        for name, value in more.items():
            section, trait = name.split("__")
            config[section][trait] = value
        return config

    def does(self, user: str, what: str, **more: Any) -> Any:
        """Let a user do one of nbgrader's verbs, and return what it returned and what it logged."""
        config = self.settings(user, **more)

        def act() -> tuple[Any, str]:
            os.chdir(self.home(user))
            said: list[str] = []
            log = logging.Logger("exchange")
            handler = logging.Handler()
            handler.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
            log.addHandler(handler)
            parts = {"coursedir": NbgraderDirectory(config=config), "authenticator": Authenticator(config=config)}
            plug = getattr(ExchangeFactory(config=config), what)(**parts, config=config)
            plug.log = log
            try:
                return plug.start(), "\n".join(said)
            except ExchangeError as refused:
                return None, "\n".join([*said, f"refused: {refused}"])

        return as_user(number(user), act)

    def tries(self, user: str, act: Callable[[], Any]) -> Any:
        """Let a user try something; return the kernel's word where it says no."""

        def attempt() -> Any:
            try:
                return act()
            except OSError as error:
                return errno.errorcode[error.errno or 0]

        return as_user(number(user), attempt)

    def submission_of(self, user: str) -> Path:
        return next(one for one in self.inbound.iterdir() if one.stat().st_uid == number(user))


@pytest.fixture
def place() -> Iterator[Place]:
    """A teacher who is no root, and two students: one is mapped to her user, the other's id is his user's name.

    Not under pytest's own closed folder.
    """
    top = Path(tempfile.mkdtemp(prefix="exchange-"))
    top.chmod(0o755)
    course = small_course(top / "course")
    course.edit("assessments/quiz.yaml", "seed: 4711", "seed: 4711\nforms: per_student")
    with open_gradebook(course.directory) as gradebook:
        gradebook.register([StudentRecord(id="ada"), StudentRecord(id=BOB)])
    release(course.directory, ["quiz"], NOW, uncertified=True)
    made = Place(course, top)
    made.exchange.mkdir()
    made.exchange.chmod(0o1777)
    for user in (TEACHER, ADA, BOB):
        made.home(user).mkdir(mode=0o700)
        os.chown(made.home(user), number(user), -1)
    for path in [course.directory.root, *course.directory.root.rglob("*")]:
        os.chown(path, number(TEACHER), -1)
    yield made
    shutil.rmtree(top)


@pytest.fixture
def handed_out(place: Place) -> Place:
    _, said = place.does(TEACHER, "ReleaseAssignment")
    assert "2 students can fetch their own form, 2 of them now" in said
    return place


def own_form(place: Place, student: str) -> Any:
    with open_gradebook(place.course.directory) as gradebook:
        return gradebook.form_for("quiz", student)


@as_root
def test_each_fetches_their_own_form_and_nobody_elses_can_be_read(handed_out: Place) -> None:
    """The kernel says no to the other student, whatever they try; what is fetched is the frozen form."""
    for user, student in {ADA: "ada", BOB: BOB}.items():
        listed, _ = handed_out.does(user, "List")
        assert [(one["assignment_id"], one["status"], len(one["notebooks"])) for one in listed] == [
            ("quiz", "released", 1)
        ]
        _, said = handed_out.does(user, "FetchAssignment")
        fetched = handed_out.home(user) / "quiz"
        assert (fetched / "quiz.ipynb").read_text() == student_notebook(own_form(handed_out, student)), said
        assert stat.S_IMODE(fetched.stat().st_mode) == 0o700
        listed, _ = handed_out.does(user, "List")
        assert listed[0]["status"] == "fetched"
    theirs = handed_out.outbound / str(number(ADA))
    attempts: dict[str, Callable[[], Any]] = {
        "list the students": lambda: names(handed_out.outbound),
        "list a folder": lambda: names(theirs),
        "read a form": (theirs / "quiz.ipynb").read_text,
        "write a form": lambda: (theirs / "quiz.ipynb").write_text(""),
        "open it up": lambda: theirs.chmod(0o777),
        "take its place": lambda: theirs.rename(handed_out.outbound / "away"),
        "put a course in its place": lambda: (handed_out.exchange / "small-course").rename(handed_out.exchange / "x"),
    }
    said = {what: handed_out.tries(BOB, act) for what, act in attempts.items()}
    assert set(said.values()) <= {"EACCES", "EPERM"}, said
    assert handed_out.tries(ADA, (theirs / "quiz.ipynb").read_text).startswith("{")
    assert handed_out.tries(ADA, lambda: (theirs / "quiz.ipynb").write_text("")) == "EACCES"


@as_root
def test_the_whole_way_from_release_to_marks(handed_out: Place) -> None:
    """What two users submit, the teacher collects and grades; neither user gets at what the other handed in."""
    for user, student in {ADA: "ada", BOB: BOB}.items():
        handed_out.does(user, "FetchAssignment")
        form = own_form(handed_out, student)
        answers = solutions(form) if user == ADA else {}
        (handed_out.home(user) / "quiz" / "quiz.ipynb").write_text(answered_notebook(form, answers))
        _, said = handed_out.does(user, "Submit")
        digest = sha256((handed_out.home(user) / "quiz" / "quiz.ipynb").read_bytes()).hexdigest()
        assert digest in (handed_out.home(user) / "quiz" / "receipt.txt").read_text(), said
        listed, _ = handed_out.does(user, "List", ExchangeList__cached=True)
        assert [one["student_id"] for one in listed] == [user]
    theirs = handed_out.submission_of(ADA)
    attempts: dict[str, Callable[[], Any]] = {
        "list what was handed in": lambda: names(handed_out.inbound),
        "list a submission": lambda: names(theirs),
        "read it": (theirs / "quiz.ipynb").read_text,
        "overwrite it": lambda: (theirs / "quiz.ipynb").write_text(""),
        "add to it": (theirs / "more").mkdir,
        "remove it": lambda: shutil.rmtree(theirs),
        "take its place": lambda: theirs.rename(handed_out.inbound / "away"),
    }
    said = {what: handed_out.tries(BOB, act) for what, act in attempts.items()}
    assert set(said.values()) <= {"EACCES", "EPERM"}, said
    _, said = handed_out.does(TEACHER, "Collect")
    collected = handed_out.course.directory.submitted
    assert sorted(one.name for one in collected.iterdir()) == ["ada", BOB], said
    assert (collected / "ada" / "quiz" / "timestamp.txt").read_text() in theirs.name
    run = grade(handed_out.course.directory, "quiz", Settings(jobs=1))
    marks = {one.student: (one.score.given > 10, [note.message for note in one.notes]) for one in run.graded}
    assert marks == {"ada": (True, []), BOB: (False, [])}
    assert not run.failed


@as_root
def test_the_assignment_list_of_jupyterlab_shows_fetches_and_submits(handed_out: Place) -> None:
    """With the two lines of settings that students need; what it calls is what the extension calls."""
    settings = f"""
from gradesmith.course.exchange import use
c = get_config()
use(c)
c.Exchange.root = "{handed_out.exchange}"
c.Exchange.cache = "{handed_out.home(ADA) / "cache"}"
"""
    (handed_out.home(ADA) / "nbgrader_config.py").write_text(settings)

    def clicks() -> list[Any]:
        os.chdir(handed_out.home(ADA))
        os.environ["HOME"] = str(handed_out.home(ADA))
        panel = AssignmentList()
        panel.root_dir = str(handed_out.home(ADA))
        shown = [panel.list_assignments("small-course")]
        done = [panel.fetch_assignment("small-course", "quiz"), panel.submit_assignment("small-course", "quiz")]
        return [*shown, *done, panel.list_assignments("small-course"), panel.list_courses()]

    before, fetched, submitted, after, courses = as_user(number(ADA), clicks)
    assert [(one["assignment_id"], one["status"]) for one in before["value"]] == [("quiz", "released")], before
    assert (fetched, submitted) == ({"success": True}, {"success": True})
    assert [(one["assignment_id"], one["status"]) for one in after["value"]] == [
        ("quiz", "fetched"),
        ("quiz", "submitted"),
    ]
    assert courses["value"] == ["small-course"]
    notebook = handed_out.home(ADA) / "quiz" / "quiz.ipynb"
    assert notebook.read_text() == student_notebook(own_form(handed_out, "ada"))


@as_root
def test_what_is_planted_is_not_collected(handed_out: Place) -> None:
    """Whose a submission is, its owner tells, not its name; links lead nowhere."""
    for user in (ADA, BOB):
        handed_out.does(user, "FetchAssignment")
    secret = handed_out.home(ADA) / "diary"
    secret.write_text("a secret of ada's")
    secret.chmod(0o644)
    handed_out.home(ADA).chmod(0o755)
    stamp = "2026-03-02 10:00:00.000000 UTC"
    forged = handed_out.inbound / f"ada+quiz+{stamp}+forged"
    linked = handed_out.inbound / f"{BOB}+quiz+{stamp}+linked"

    def plant() -> None:
        forged.mkdir(mode=0o755)
        (forged / "quiz.ipynb").write_text("{}")
        linked.symlink_to(handed_out.home(ADA))
        (handed_out.inbound / f"{BOB}+quiz+nonsense+x").mkdir()
        (handed_out.inbound / f"{BOB}+quiz+{stamp}+file").write_text("")

    handed_out.tries(BOB, plant)
    handed_out.does(BOB, "Submit")
    own = handed_out.submission_of(BOB)
    own = next(
        one for one in handed_out.inbound.glob(f"{BOB}+quiz+*") if one.is_dir() and (one / "timestamp.txt").is_file()
    )

    def plant_links() -> None:
        (own / "link.txt").symlink_to(secret)
        (own / "folder").symlink_to(handed_out.home(ADA))
        (own / "inner").mkdir(mode=0o777)
        os.mkfifo(own / "pipe")

    handed_out.tries(BOB, plant_links)
    os.link(secret, own / "hard.txt")  # as a kernel without fs.protected_hardlinks would let bob
    _, said = handed_out.does(TEACHER, "Collect")
    collected = handed_out.course.directory.submitted
    assert [one.name for one in collected.iterdir()] == [BOB], said
    assert sorted(one.name for one in (collected / BOB / "quiz").iterdir()) == [
        "inner",
        "quiz.ipynb",
        "submission_secret.txt",
        "timestamp.txt",
    ]
    assert f"it says that it is by ada, and it was made by {BOB}" in said
    assert "hard.txt': it belongs to somebody else" in said
    assert said.count("it is no folder that was submitted") == 3


@as_root
def test_a_submission_changed_afterwards_is_later(handed_out: Place) -> None:
    """The name is the student's word; when something was changed last is the kernel's."""
    handed_out.does(ADA, "FetchAssignment")
    handed_out.does(ADA, "Submit")
    own = handed_out.submission_of(ADA)
    early = own.with_name("ada+quiz+2020-01-01 00:00:00.000000 UTC+early")
    handed_out.tries(ADA, lambda: own.rename(early))
    _, said = handed_out.does(TEACHER, "Collect")
    kept = (handed_out.course.directory.submitted / "ada" / "quiz" / "timestamp.txt").read_text()
    assert abs(datetime.fromisoformat(kept.removesuffix(" UTC") + "+00:00") - datetime.now(UTC)).total_seconds() < 60
    assert "says 2020-01-01" in said


@as_root
def test_later_submissions_take_the_place_of_earlier_ones_when_asked(handed_out: Place) -> None:
    """Without being asked, nothing that was collected is touched."""
    handed_out.does(ADA, "FetchAssignment")
    handed_out.does(ADA, "Submit")
    handed_out.does(TEACHER, "Collect")
    notebook = handed_out.home(ADA) / "quiz" / "quiz.ipynb"
    notebook.write_text(json.dumps({"cells": []}))
    handed_out.does(ADA, "Submit")
    collected = handed_out.course.directory.submitted / "ada" / "quiz" / "quiz.ipynb"
    _, said = handed_out.does(TEACHER, "Collect")
    assert "ada quiz is collected already; add --update to replace it" in said
    assert collected.read_text() != notebook.read_text()
    handed_out.does(TEACHER, "Collect", ExchangeCollect__update=True)
    assert collected.read_text() == notebook.read_text()


@as_root
def test_latecomers_and_strangers(handed_out: Place) -> None:
    """A form that comes later is handed out later; who has none is told so; whoever has no user is named."""
    _, said = handed_out.does(TEACHER, "FetchAssignment")
    assert "refused: quiz: there is no form for you" in said
    with open_gradebook(handed_out.course.directory) as gradebook:
        gradebook.register([StudentRecord(id=MAIL), StudentRecord(id="no-such-user")])
    release(handed_out.course.directory, ["quiz"], NOW, uncertified=True)
    for path in handed_out.course.directory.root.rglob("*"):
        os.chown(path, number(TEACHER), -1)
    before = {path: path.stat().st_mtime_ns for path in handed_out.outbound.rglob("*.ipynb")}
    _, said = handed_out.does(TEACHER, "ReleaseAssignment")
    assert "3 students can fetch their own form, 1 of them now" in said
    assert "refused: no form could be opened to 1 students, as no user here bears their name: no-such-user" in said
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert sorted(one.name for one in handed_out.outbound.iterdir()) == sorted(
        str(number(user)) for user in (ADA, BOB, MAIL)
    )


@as_root
def test_nothing_is_handed_out_where_access_lists_are_not_kept(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a form nor a submission is left where others could read it; the doctor says what to do."""

    def refuses(*_: object, **__: object) -> None:
        raise OSError(errno.ENOTSUP, "Operation not supported")

    with monkeypatch.context() as patched:
        patched.setattr(os, "setxattr", refuses)
        _, said = place.does(TEACHER, "ReleaseAssignment")
        assert "refused: forms of students' own are not handed out here" in said
        assert list(place.outbound.iterdir()) == []
        found = prove_exchange(place.exchange)
        assert not found.apart
        assert "has no access lists" in found.how
    place.does(TEACHER, "ReleaseAssignment")
    place.does(ADA, "FetchAssignment")
    monkeypatch.setattr(os, "setxattr", refuses)
    _, said = place.does(ADA, "Submit")
    assert "refused: nothing was submitted" in said
    assert list(place.inbound.iterdir()) == []


@as_root
def test_an_exchange_in_which_courses_can_be_replaced_is_not_trusted(handed_out: Place) -> None:
    """In a folder that is open and not sticky, a fellow student's course could stand in the teacher's place."""
    assert prove_exchange(handed_out.exchange).apart
    handed_out.exchange.chmod(0o777)
    for verb in ("FetchAssignment", "Submit"):
        (handed_out.home(ADA) / "quiz").mkdir(exist_ok=True)
        _, said = handed_out.does(ADA, verb)
        assert "refused: anybody can replace what is in" in said
    assert prove_exchange(handed_out.exchange).remedy == f"chmod +t {handed_out.exchange}"
    handed_out.exchange.chmod(0o1777)
    _, said = handed_out.does(ADA, "Submit", FormExchange__instructor="root")
    assert "is not owned by root" in said
    handed_out.inbound.chmod(0o2733)
    _, said = handed_out.does(ADA, "Submit")
    assert "refused: others could remove what you add" in said


@as_root
def test_a_single_form_goes_as_with_nbgrader(place: Place) -> None:
    """Everybody fetches it, but what they hand in is still their own; and a sample is never handed out."""
    shutil.rmtree(place.course.directory.release_to("ada", "quiz").parent)
    shutil.rmtree(place.course.directory.release_to(BOB, "quiz").parent)
    _, said = place.does(TEACHER, "ReleaseAssignment")
    assert "refused: quiz: every student gets a form of their own, and none is made yet" in said
    place.course.edit("assessments/quiz.yaml", "forms: per_student\n", "forms: 1\n")
    release(place.course.directory, ["quiz"], NOW, uncertified=True, manner=Manner(anew=True))
    for path in place.course.directory.root.rglob("*"):
        os.chown(path, number(TEACHER), -1)
    place.does(TEACHER, "ReleaseAssignment")
    released = (place.course.directory.release("quiz") / "quiz.ipynb").read_text()
    for user in (ADA, BOB):
        _, said = place.does(user, "FetchAssignment")
        assert (place.home(user) / "quiz" / "quiz.ipynb").read_text() == released, said
        _, said = place.does(user, "Submit")
        assert "SHA-256" in said
    assert place.tries(BOB, lambda: names(place.submission_of(ADA))) == "EACCES"
    place.does(TEACHER, "Collect")
    assert sorted(one.name for one in place.course.directory.submitted.iterdir()) == ["ada", BOB]
