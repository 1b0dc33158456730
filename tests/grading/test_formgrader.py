"""nbgrader's own pages work on a gradebook that we have filled."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from gradesmith.model.submissions import State
from tests.grading.conftest import GradedClass

TOKEN = "only-for-this-test"
SECONDS = 120


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def fetched(address: str) -> str:
    request = urllib.request.Request(address, headers={"Authorization": f"token {TOKEN}"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.read().decode()


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server ended"
        try:
            fetched(address)
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.3)
        else:
            return
    raise TimeoutError(address)


@pytest.fixture
def formgrader(graded_class: GradedClass, tmp_path: Path) -> Iterator[str]:
    """A Jupyter server in the course's folder, with nbgrader's formgrader in it."""
    port = free_port()
    options = (
        f"--ServerApp.port={port}",
        f"--IdentityProvider.token={TOKEN}",
        "--ServerApp.open_browser=False",
        "--ServerApp.allow_root=True",
        "--ServerApp.ip=127.0.0.1",
    )
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "HOME": str(tmp_path)}
    environment |= {name: str(tmp_path / name) for name in ("JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")}
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyter_server", *options],
            cwd=graded_class.course.root,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        base = f"http://127.0.0.1:{port}/formgrader"
        wait_for(base, server)
        yield base
    finally:
        server.terminate()
        server.wait(30)


def test_formgrader_shows_every_mark_and_every_graded_notebook(graded_class: GradedClass, formgrader: str) -> None:
    """The class list has our marks, and the page on which a person marks opens for each student."""
    listed = json.loads(fetched(f"{formgrader}/api/submissions/wt5"))
    marks = {one["student"]: one["score"] for one in listed}
    graded = {name: one for name, one in graded_class.results.items() if one.state is State.GRADED}
    assert graded
    assert {name: marks[name] for name in graded} == {
        name: pytest.approx(float(one.score.given)) for name, one in graded.items()
    }
    notebooks = json.loads(fetched(f"{formgrader}/api/submitted_notebooks/wt5/wt5"))
    opened = [fetched(f"{formgrader}/submissions/{one['id']}") for one in notebooks]
    assert len(opened) == len(graded_class.results)
    assert all("Student's answer" in page for page in opened)
