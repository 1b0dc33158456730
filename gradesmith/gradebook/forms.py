"""Frozen forms: who has which, and what may still change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, Select, delete, insert, select, update

from gradesmith.errors import GradesmithError, NotFound, Unreleased
from gradesmith.gradebook.nbgrader_tables import who_handed_in
from gradesmith.gradebook.records import SourceCellRecord
from gradesmith.gradebook.tables import FormAssignmentRow, FormRow, GradingRow
from gradesmith.model.assessments import SAMPLE, Form
from gradesmith.model.submissions import State

EVERYONE = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Handout:
    """What is frozen together: the form of each student (or of `EVERYONE`), and the cells that all of them have.

    ``sample`` was made to be looked at, where students have forms of their own. What is ``correcting`` may take the
    place of the forms that work is marked by.
    """

    forms: Mapping[str | None, Form]
    cells: tuple[SourceCellRecord, ...]
    sample: Form | None = None
    correcting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Who has which form of an assessment now.

    Either ``everyone`` has one and the same, or students have forms of their own; then ``sample`` is the one that was
    made to be looked at, which nobody has. All have the same cells.
    """

    everyone: Form | None = None
    by_student: Mapping[str, Form] = field(default_factory=dict)
    sample: Form | None = None

    def of(self, student: str) -> Form | None:
        """Return the form that a student has, if any."""
        return self.by_student.get(student, self.everyone)

    @property
    def forms(self) -> tuple[Form, ...]:
        """The forms that somebody has, each once, sorted by code."""
        held = (*((self.everyone,) if self.everyone else ()), *self.by_student.values())
        return tuple(sorted(dict.fromkeys(held), key=lambda form: (form.code, form.digest)))

    def holders(self, form: Form) -> tuple[str, ...]:
        """Return the students who have this form to themselves or with some others, sorted."""
        return tuple(sorted(name for name, own in self.by_student.items() if own.digest == form.digest))


def assign(
    connection: Connection, forms: Mapping[str | None, Form], released_at: datetime, *, correcting: bool
) -> bool:
    """Freeze these forms for these students (or for everyone) and say whether anything changed.

    Students who are not named keep their forms, unless the single form for everyone comes or goes.

    Raises:
        GradesmithError: When a student whose work is already marked would get another form, unless ``correcting``.
    """
    assessment = the_assessment(forms.values())
    standing = _standing(connection, assessment)
    wanted = {student: form.digest for student, form in forms.items()}
    if EVERYONE not in wanted:
        wanted = {**{student: digest for student, digest in standing.items() if student is not EVERYONE}, **wanted}
    if wanted == standing:
        return False
    if not correcting:
        _refuse_change_under_marks(connection, assessment, standing, wanted)
    for form in {form.digest: form for form in forms.values()}.values():
        _keep(connection, form, released_at)
    connection.execute(delete(FormAssignmentRow).where(FormAssignmentRow.assessment == assessment))
    rows = [{"assessment": assessment, "student": student, "form": digest} for student, digest in wanted.items()]
    connection.execute(insert(FormAssignmentRow), rows)
    return True


def keep_sample(connection: Connection, sample: Form, released_at: datetime) -> None:
    """Freeze the form that is made to be looked at; the one that was kept last counts."""
    _keep(connection, sample, released_at)


def standing(connection: Connection, assessment: str) -> Standing:
    """Return who has which form of an assessment now; nobody any, where it was not released."""
    digests = _standing(connection, assessment)
    query = select(FormRow.digest, FormRow.json).where(FormRow.assessment == assessment)
    held = connection.execute(query.where(FormRow.digest.in_(_current(assessment)))).all()
    forms = {digest: Form.model_validate_json(json) for digest, json in held}
    of_their_own = {student: forms[digest] for student, digest in digests.items() if student is not EVERYONE}
    everyone = forms[digests[EVERYONE]] if EVERYONE in digests else None
    latest = select(FormRow.json).where(FormRow.assessment == assessment, FormRow.code == SAMPLE)
    kept = connection.scalar(latest.order_by(FormRow.released_at.desc(), FormRow.id.desc()).limit(1))
    sample = Form.model_validate_json(kept) if kept is not None and of_their_own else None
    return Standing(everyone=everyone, by_student=of_their_own, sample=sample)


def _current(assessment: str) -> Select[str]:
    return select(FormAssignmentRow.form).where(FormAssignmentRow.assessment == assessment)


def the_assessment(forms: Iterable[Form]) -> str:
    """Return the one assessment that all these forms belong to.

    Raises:
        GradesmithError: When they belong to several, or there are none.
    """
    names = {form.assessment for form in forms}
    if len(names) != 1:
        raise GradesmithError(f"forms of one assessment are released together, not of {len(names)}: {sorted(names)}")
    return names.pop()


def _standing(connection: Connection, assessment: str) -> dict[str | None, str]:
    query = select(FormAssignmentRow.student, FormAssignmentRow.form).where(FormAssignmentRow.assessment == assessment)
    return dict(connection.execute(query).all())


def _refuse_change_under_marks(
    connection: Connection, assessment: str, standing: Mapping[str | None, str], wanted: Mapping[str | None, str]
) -> None:
    changed = [
        student
        for student in sorted(_marked(connection, assessment))
        if (had := _theirs(standing, student)) and had != _theirs(wanted, student)
    ]
    if changed:
        raise GradesmithError(
            f"{assessment}: another form can't replace the one that {len(changed)} submissions are marked with "
            f"({', '.join(changed[:5])}{', …' if len(changed) > 5 else ''})",
            "keep the form, release the new questions as an assessment with an id of its own, "
            f"or mend keys and checks in the bank, then: gradesmith release --correct {assessment}",
        )


def _theirs(forms: Mapping[str | None, str], student: str) -> str | None:
    return forms.get(student, forms.get(EVERYONE))


def _marked(connection: Connection, assessment: str) -> set[str]:
    """Return whose work is marked; that of somebody unregistered is only listed."""
    registered = GradingRow.state != State.UNREGISTERED.value
    ours = select(GradingRow.student).where(GradingRow.assessment == assessment, registered)
    return set(connection.scalars(ours)) | set(connection.scalars(who_handed_in(assessment)))


def _keep(connection: Connection, form: Form, released_at: datetime) -> None:
    digest = form.digest
    known = connection.execute(update(FormRow).where(FormRow.digest == digest).values(released_at=released_at))
    if not known.rowcount:
        row = {"assessment": form.assessment, "code": form.code, "digest": digest, "released_at": released_at}
        connection.execute(insert(FormRow), [{**row, "json": form.model_dump_json()}])


def released(connection: Connection) -> tuple[str, ...]:
    """Return the assessments that have forms, sorted."""
    return tuple(sorted(connection.scalars(select(FormAssignmentRow.assessment).distinct())))


def forms_of(connection: Connection, assessment: str) -> tuple[Form, ...]:
    """Return the forms that someone has now, sorted by code."""
    query = select(FormRow.json).where(FormRow.digest.in_(_current(assessment))).order_by(FormRow.code, FormRow.id)
    return tuple(Form.model_validate_json(json) for json in connection.scalars(query))


def earlier_forms(connection: Connection, assessment: str) -> tuple[Form, ...]:
    """Return the forms that were frozen once and that nobody has now; samples were never anybody's."""
    replaced = FormRow.digest.not_in(_current(assessment)), FormRow.code != SAMPLE
    query = select(FormRow.json).where(FormRow.assessment == assessment, *replaced).order_by(FormRow.id)
    return tuple(Form.model_validate_json(json) for json in connection.scalars(query))


def form_for(connection: Connection, assessment: str, student: str) -> Form:
    """Return the form this student has.

    Raises:
        Unreleased: When there is none.
    """
    standing = _standing(connection, assessment)
    remedy = f"gradesmith release {assessment}"
    if not standing:
        raise Unreleased(f"{assessment}: not released yet, so there is nothing to mark it by", remedy)
    digest = _theirs(standing, student)
    if digest is None:
        raise Unreleased(f"{assessment}: {student} has no form", remedy)
    return form_by_digest(connection, digest)


def forms_by_digest(connection: Connection, digests: Iterable[str]) -> dict[str, Form]:
    """Return those of these forms that were ever frozen."""
    rows = connection.execute(select(FormRow.digest, FormRow.json).where(FormRow.digest.in_(list(digests)))).all()
    return {digest: Form.model_validate_json(json) for digest, json in rows}


def form_by_digest(connection: Connection, digest: str) -> Form:
    """Return a form that was frozen once, also one that a correction has replaced since.

    Raises:
        NotFound: When there never was one.
    """
    found = connection.scalar(select(FormRow.json).where(FormRow.digest == digest))
    if found is None:
        raise NotFound(f"no form with the digest {digest} was ever released")
    return Form.model_validate_json(found)
