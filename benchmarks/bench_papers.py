"""How long a class's papers take: a form for every student, all in one PDF, from frozen forms to the file.

Usage: python benchmarks/bench_papers.py [STUDENTS]     (prints the seconds of each step; wanted: 100 under 30 s)
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from pypdf import PdfReader

from gradesmith.bank.loader import open_bank
from gradesmith.model.assessments import Form
from gradesmith.model.people import StudentRecord
from gradesmith.papers.content import paper_of, words_in
from gradesmith.papers.rendering import pictures_in, render
from gradesmith.papers.source import Print, papers_source
from gradesmith.papers.typesetting import pdf
from gradesmith.workflows.assemble import Cohort, make_forms
from gradesmith.workflows.evaluate import SandboxEvaluator

ROOT = Path(__file__).parents[1]
ASSESSMENT = "wt2"
WANTED_SECONDS = 30


def forms(count: int) -> list[Form]:
    """Make a form for every student of a class."""
    bank = open_bank(ROOT / "question_bank")
    blueprint = bank.assessments[ASSESSMENT].but(forms="per_student")
    students = tuple(f"s{number:03}" for number in range(count))
    with SandboxEvaluator() as evaluator:
        each = replace(bank, assessments={ASSESSMENT: blueprint})
        made = make_forms(each, ASSESSMENT, Cohort(students=students, secret=b"a benchmark"), evaluator)
    return [made[student] for student in students]


@contextmanager
def told(what: str) -> Iterator[None]:
    """Print how long something takes."""
    begin = time.perf_counter()
    yield
    print(f"{what:<32} {time.perf_counter() - begin:6.1f} s")


def main() -> None:
    """Print the papers of a class, and how long that took."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    drawn = forms(count)
    begin = time.perf_counter()
    papers = [paper_of(form, StudentRecord(id=f"s{form.code}")) for form in drawn]
    texts = tuple(dict.fromkeys(words_in(papers)))
    with told(f"pandoc: {len(texts)} texts"):
        rendered = render(texts, "typst")
    with told("typst"):
        made = pdf(papers_source(papers, rendered, Print(duplex=True)), pictures_in(texts))
    took = time.perf_counter() - begin
    pages = len(PdfReader(io.BytesIO(made)).pages)
    print(f"{count} forms of {ASSESSMENT}, {pages} pages, {len(made) / 2**20:.1f} MB: {took:.1f} s")
    if took > WANTED_SECONDS:
        sys.exit(f"more than {WANTED_SECONDS} s")


if __name__ == "__main__":
    main()
