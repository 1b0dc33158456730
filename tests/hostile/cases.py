"""The attack corpus: one folder per case, with an answer or a notebook and what is to come of it.

::

    corpus/<name>/answer.py          cells between lines "# %%"; "# %% afterwards" begins what runs after the checks
    corpus/<name>/submission.ipynb   instead of it: the cells that the attacker hands in, of the quiz of tests/conftest
    corpus/<name>/expected.yaml      the fields of `Case`

An answer that reaches what it must not reach prints ``got through``.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from fractions import Fraction
from pathlib import Path

import yaml

HERE = Path(__file__).parent
CORPUS = HERE / "corpus"
FAMILIES = (
    "files", "processes", "resources", "network", "channel", "memory", "interpreter", "notebook", "state",
)  # fmt: skip
LAYERS = ("landlock", "seccomp", "limits")
THROUGH = "got through"


@dataclass(frozen=True, kw_only=True)
class Case:
    """One attack.

    ``marks``: what the honest part of it earns. ``fools_naive``: whether a grader that trusts student code gives it
    full marks; ``spared``: why none does, where it does not earn everything. ``needs``: the layer that neither of the
    others makes up for. ``notes``: words that the instructor's notes hold. ``files``: what is handed in beside a
    notebook.
    """

    name: str
    family: str
    tries: str
    marks: Fraction
    fools_naive: bool
    spared: str = ""
    seconds: float = 10
    needs: str = ""
    notes: tuple[str, ...] = ()
    checks: str = "mean"
    limits: dict[str, float] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        return CORPUS / self.name

    @property
    def is_notebook(self) -> bool:
        return (self.folder / "submission.ipynb").exists()

    @property
    def answer(self) -> str:
        return (self.folder / "answer.py").read_text(encoding="utf-8")

    @property
    def notebook(self) -> bytes:
        return (self.folder / "submission.ipynb").read_bytes()

    @property
    def cells(self) -> tuple[list[str], list[str]]:
        """The cells before the checks, and those after them."""
        before, _, after = self.answer.partition("# %% afterwards\n")
        return before.split("# %%\n"), after.split("# %%\n") if after else []


def load(folder: Path) -> Case:
    """Read one case; a word that nobody knows is an error."""
    known = yaml.safe_load((folder / "expected.yaml").read_text(encoding="utf-8"))
    strange = set(known) - {one.name for one in fields(Case)}
    assert not strange, f"{folder.name}: {strange}"
    known["marks"] = Fraction(str(known["marks"]))
    known["notes"] = tuple(known.get("notes", ()))
    return Case(name=folder.name, **known)


CASES = tuple(load(one) for one in sorted(CORPUS.iterdir()) if one.is_dir())
