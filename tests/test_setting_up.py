"""The set-up commands: what they say where something is missing, and that they do it all where nothing is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

WITHOUT_VENV = """\
#!/bin/sh
case "$*" in *ensurepip*) exit 1 ;; esac
exec {python} "$@"
"""
TOO_OLD = "#!/bin/sh\nexit 1\n"


def set_up(folder: Path, program: str, path: str = "/usr/bin:/bin") -> subprocess.CompletedProcess[str]:
    """Run the set-up script with this program for its Python, and whatever lies on ``path``."""
    shutil.copytree(REPOSITORY / "tools", folder / "tools")
    fake = folder / "python-of-this-machine"
    fake.write_text(program)
    fake.chmod(0o755)
    environment = {"PATH": path, "PYTHON": str(fake)}
    script = ["/bin/bash", "tools/environment.sh"]
    return subprocess.run(script, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_a_python_without_ensurepip_gets_the_package_named(tmp_path):
    done = set_up(tmp_path, WITHOUT_VENV.format(python=sys.executable))
    assert done.returncode == 1
    assert f"python{sys.version_info.major}.{sys.version_info.minor}-venv" in done.stderr
    assert not (tmp_path / ".venv").exists()


def test_without_a_python_that_fits_the_ones_that_would_are_named(tmp_path):
    done = set_up(tmp_path, TOO_OLD, path="")
    assert done.returncode == 1
    assert "needs Python 3.11, 3.12 or 3.13" in done.stderr


@pytest.mark.soak
def test_the_demo_runs_from_a_fresh_clone_in_a_closed_folder(tmp_path):
    """As whoever runs the tests; root's student code must reach the libraries although the clone is closed to it."""
    clone = tmp_path / "closed" / "clone"
    subprocess.run(["git", "clone", "--quiet", str(REPOSITORY), str(clone)], check=True)
    clone.parent.chmod(0o700)
    environment = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    done = subprocess.run(["make", "demo"], cwd=clone, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    marks = (clone / "demo" / "grades.csv").read_text().splitlines()
    assert len(marks) > 30
    assert "Where to look:" in done.stdout
