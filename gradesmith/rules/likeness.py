"""Whether the forms of an assessment have the same cells, so that a gradebook can hold one column for each. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gradesmith.errors import GradesmithError
from gradesmith.model.assessments import Form, Narrative

MOST_NAMED = 5
Shape = dict[str, tuple[str, str]]


def must_share_cells(sample: Form, forms: Mapping[str, Form]) -> None:
    """See that each student's form has the cells of the sample: the same names, types and points in the same order.

    Raises:
        GradesmithError: Naming the students and cells where a form departs from the sample.
    """
    wanted = shape(sample)
    wrong = [f"{student}: {why}" for student, form in forms.items() for why in _departures(wanted, shape(form))]
    if wrong:
        more = f"; and {len(wrong) - MOST_NAMED} more" if len(wrong) > MOST_NAMED else ""
        raise GradesmithError(
            f"{sample.assessment}: forms must have the same cells, but these differ from the form {sample.code}: "
            f"{'; '.join(wrong[:MOST_NAMED])}{more}",
            "let each section of the blueprint pick questions that are answered and marked alike, or, as long as "
            f"nobody's work is marked, draw all forms again: gradesmith release --anew {sample.assessment}",
        )


def shape(form: Form) -> Shape:
    """Return the cells of a form in their order: by name, what is written there and what it is worth."""
    cells: Shape = {}
    narratives = 0
    for item in form.items:
        if isinstance(item, Narrative):
            narratives += 1
            cells[f"text-{narratives:02}"] = ("code" if item.code else "text", "")
            continue
        for part in item.variant.parts:
            kind = "words" if part.interaction.type == "text" else "code"
            cells[item.cell(part.name)] = (kind, str(part.points))
    return cells


def _departures(wanted: Shape, found: Shape) -> Iterator[str]:
    for name in [*wanted, *(one for one in found if one not in wanted)]:
        if name not in found:
            yield f"there is no {name}"
        elif name not in wanted:
            yield f"{name} is one too many"
        elif wanted[name] != found[name]:
            yield f"{name} is {' worth '.join(found[name])}, not {' worth '.join(wanted[name])}"
    if list(wanted) != list(found) and wanted.keys() == found.keys():
        yield "its questions stand in another order"
