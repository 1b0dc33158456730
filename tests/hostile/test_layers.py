"""Every layer is needed: without it, while the two others hold, attacks get through.

Namespaces are not entered in these runs. Where they can be had they would stop some of the attacks as well.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile.cases import CASES, LAYERS

ORDINARY = Path(__file__).parents[1] / "grading" / "ordinary.py"
SCRIPT = Path(__file__).with_name("layers.py")


@pytest.fixture(scope="module", params=["as started", "ordinary user"])
def through(request) -> Iterator[dict[str, list[str]]]:
    """What gets through without each layer, whoever grades."""
    ordinary = request.param == "ordinary user"
    if ordinary and os.geteuid() != 0:
        pytest.skip("that is as started")
    with tempfile.TemporaryDirectory(prefix="layers-") as folder:
        Path(folder).chmod(0o755)
        command = [str(SCRIPT), folder]
        if ordinary:
            command = [str(ORDINARY), folder, *command]
        done = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False, cwd=folder)
        assert done.returncode == 0, done.stderr
        found = json.loads(done.stdout)
        assert (found["uid"] == 0) is (os.geteuid() == 0 and not ordinary)
        yield found["through"]


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_is_needed(through, layer: str) -> None:
    """What is filed under a layer gets through without it, so neither of the others stops it."""
    filed = [case.name for case in CASES if case.needs == layer]
    assert len(filed) >= 5
    assert through[layer] == filed
