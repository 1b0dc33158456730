"""The loader: engines of one run share what it has loaded, and nothing else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from gradesmith.model.assessments import Limits
from gradesmith.model.runs import CellToRun, ChecksToAsk, Plan, QuestionRun
from gradesmith.sandbox.engine import Engine, Premises
from gradesmith.sandbox.family import Family
from tests.grading.processes import Process, descendants, gone, named, role_of

SECRET = "a-check-that-only-checkers-know"
CHECKS = f'''
import numpy as np, random
DRAWN = random.random(), np.random.random()
def test_draws(student):
    """{SECRET}"""
    assert student.drawn == DRAWN, DRAWN
'''
ROLES = ("loader", "hearth", "zygote", "checker")
DRAW = "import random, numpy as np\ndrawn = (random.random(), np.random.random())"


@dataclass(frozen=True)
class Two:
    """Two engines of one family, and the processes that other tests have started before."""

    one: Engine
    other: Engine
    before: tuple[Process, ...]

    def ours(self, role: str) -> list[Process]:
        return [one for one in named(descendants(os.getpid()), role) if one not in self.before and one.alive]

    @property
    def everybody(self) -> list[int]:
        return [one.pid for role in ROLES for one in self.ours(role)]


@pytest.fixture(scope="module")
def engines() -> Iterator[Two]:
    before = tuple(descendants(os.getpid()))
    with (
        Family() as family,
        Engine({"checks.py": CHECKS}, slot=300, premises=Premises(family=family)) as one,
        Engine({"checks.py": CHECKS}, slot=301, premises=Premises(family=family)) as other,
    ):
        yield Two(one, other, before)


def drawn(engine: Engine, source: str = DRAW) -> str:
    asked = ChecksToAsk(cell="q", file="checks.py", names=("test_draws",), rng_seed=1)
    question = QuestionRun(slot="q", cells=(CellToRun(id="q", source=source),), checks=(asked,))
    return engine.run(Plan(questions=(question,), files=(), limits=Limits())).checks[0].detail


@pytest.mark.skipif(os.geteuid() != 0, reason="the processes are closed to their own user")
def test_neither_loader_nor_hearth_nor_zygote_ever_holds_a_check(engines):
    """The checks go to the checkers by lines of their own, and are loaded after the fork."""
    holding = {role_of(pid): remembers(pid, SECRET.encode()) for pid in engines.everybody}
    assert holding == {"loader": False, "hearth": False, "zygote": False, "checker": True}


@pytest.mark.skipif(os.geteuid() != 0, reason="the processes are closed to their own user")
def test_everybody_has_one_line_and_no_other(engines):
    """No line is left to the next. The loader has one more, to the hearth, and a checker one to a child."""
    for pid in engines.everybody:
        held = [str(link.readlink()) for link in Path(f"/proc/{pid}/fd").iterdir()]
        assert len([one for one in held if one.startswith("socket:")]) <= 1 + (role_of(pid) in {"loader", "checker"})


def test_what_a_checker_draws_cannot_be_drawn_by_the_student(engines):
    """Both were forked with the same generators; the checks of two engines differ as well."""
    told = [drawn(engine) for engine in (engines.one, engines.other)]
    assert all("AssertionError" in one for one in told)
    assert told[0] != told[1]


def remembers(pid: int, wanted: bytes) -> bool:
    """Whether a process has something in its memory."""
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            where, rights, *_, place = [*line.split(), ""]
            if rights.startswith("rw") and not place.startswith(("[vvar", "[vdso")):
                start, end = (int(one, 16) for one in where.split("-"))
                if end - start < 1 << 28 and wanted in os.pread(memory.fileno(), end - start, start):
                    return True
    return False


def test_a_lost_loader_costs_no_mark_and_is_replaced(engines):
    """Zygotes live on without it; hearth and checkers end with it, and come from another."""
    (loader,), (hearth,), zygotes = (engines.ours(role) for role in ("loader", "hearth", "zygote"))
    os.kill(loader.pid, 9)
    assert gone([loader, hearth], 20)
    assert "AssertionError" in drawn(engines.one)
    assert [one.alive for one in zygotes] == [True, True]
    (fresh,) = engines.ours("loader")
    assert fresh != loader


def test_a_lost_hearth_is_replaced_with_its_loader():
    """So whoever needs a zygote next finds one that can fork it."""
    before = descendants(os.getpid())
    with Family() as family, new_engine(family) as engine:
        started = set(descendants(os.getpid())).difference(before)
        (loader,), (hearth,), (zygote,) = (named(started, role) for role in ("loader", "hearth", "zygote"))
        os.kill(hearth.pid, 9)
        assert gone([loader, hearth], 20)
        assert "AssertionError" in drawn(engine)
        os.kill(zygote.pid, 9)
        assert "AssertionError" in drawn(engine)
        fresh = set(descendants(os.getpid())).difference(before, started)
        assert [len(named(fresh, role)) for role in ROLES] == [1, 1, 1, 1]
    assert gone(started | fresh, 20)


def test_a_process_with_a_line_shares_the_loader_and_replaces_a_lost_one():
    """As the workers of a run do: whoever loses the loader at the other end starts another."""
    before = descendants(os.getpid())
    with Family() as coordinators, Family(coordinators.line()) as workers, new_engine(workers) as engine:
        started = set(descendants(os.getpid())).difference(before)
        (loader,) = named(started, "loader")
        os.kill(loader.pid, 9)
        assert gone([loader], 20)
        assert "AssertionError" in drawn(engine)
        started |= set(descendants(os.getpid())).difference(before)
        assert len([one for one in named(started, "loader") if one != loader]) == 1
    assert gone(started, 20)


def new_engine(family: Family) -> Engine:
    return Engine({"checks.py": CHECKS}, slot=303, premises=Premises(family=family))


def test_nobody_is_left_when_the_family_is_closed():
    before = descendants(os.getpid())
    with Family() as family, Engine({}, slot=302, premises=Premises(family=family)):
        started = set(descendants(os.getpid())).difference(before)
        assert {role_of(one.pid) for one in started} >= set(ROLES)
    assert gone(started, 20)
