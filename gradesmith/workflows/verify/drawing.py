"""Verifies a question of any kind but code: draws it under many seeds and marks right and wrong answers to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import JsonValue

from gradesmith.errors import GradesmithError
from gradesmith.kinds.kind import Kind
from gradesmith.model.interactions import Choice
from gradesmith.model.keys import ChoiceKey, FieldKey, FieldsKey
from gradesmith.model.outcomes import Status
from gradesmith.model.questions import Part, Question, Variant
from gradesmith.model.submissions import Readability, Response
from gradesmith.rules.scoring import mark
from gradesmith.rules.variants import flaws
from gradesmith.workflows.verify.batches import BatchEvaluator, draw_all
from gradesmith.workflows.verify.bench import Bench
from gradesmith.workflows.verify.findings import Findings
from gradesmith.workflows.verify.telling import Telling

DRAWN_AFRESH = 20
MOST_EXAMPLES = 3


@dataclass(slots=True)
class _Complaints:
    """Collects what is wrong with drawn variants, and tells each thing once, with the seeds where it happened."""

    seeds: dict[tuple[str, str], list[int]]

    def add(self, code: str, message: str, seed: int) -> None:
        self.seeds.setdefault((code, message), []).append(seed)

    def tell(self, findings: Findings) -> None:
        told: dict[str, int] = {}
        for (code, message), seeds in self.seeds.items():
            told[code] = told.get(code, 0) + 1
            if told[code] <= MOST_EXAMPLES:
                where = f"seed {seeds[0]}" + (f" and {len(seeds) - 1} more" if len(seeds) > 1 else "")
                findings.error(code, f"{message} ({where})")


def verify_drawn(question: Question, kind: Kind, bench: Bench, seeds: Sequence[int], findings: Findings) -> int:
    """Draw under every seed, twice; judge every variant. Return how many different variants there are.

    Variants are compared as they are written down, and those that differ in nothing but their seeds are judged once.
    """
    evaluator = BatchEvaluator(bench)
    drawn = draw_all(lambda seed: kind.draw(question, seed, evaluator), seeds, evaluator)
    again = _written(draw_all(lambda seed: kind.draw(question, seed, evaluator), seeds[::-1], evaluator))
    alone = BatchEvaluator(bench, at_once=1)
    afresh = _written(draw_all(lambda seed: kind.draw(question, seed, alone), seeds[:DRAWN_AFRESH], alone))
    complaints, telling = _Complaints({}), Telling()
    judged: dict[str, tuple[tuple[str, str], ...]] = {}
    for seed, variant in drawn.items():
        if isinstance(variant, GradesmithError):
            complaints.add("cannot-draw", variant.message, seed)
            continue
        written = variant.model_dump_json()
        if again[seed] != written or afresh.get(seed, written) != written:
            complaints.add("not-deterministic", "the same seed gives another variant the next time", seed)
        if (variant.question, variant.version, variant.kind, variant.seed) != (*_claims(question), seed):
            complaints.add("unsound-variant", "the variant says that it is another one", seed)
        content = variant.model_copy(update={"seed": 0}).model_dump_json()
        if content not in judged:
            judged[content] = tuple(_complaints(variant, written))
            telling.read(variant)
        for code, message in judged[content]:
            complaints.add(code, message, seed)
    complaints.tell(findings)
    telling.tell(findings)
    return len(judged)


def _written(drawn: Mapping[int, Variant | GradesmithError]) -> dict[int, str]:
    """Return variants as they are written down; what could not be drawn is its complaint."""
    return {
        seed: one.message if isinstance(one, GradesmithError) else one.model_dump_json() for seed, one in drawn.items()
    }


def _claims(question: Question) -> tuple[str, str, str]:
    return question.id, question.version, question.kind


def _complaints(variant: Variant, written: str) -> Iterator[tuple[str, str]]:
    if Variant.model_validate_json(written) != variant:
        yield "unsound-variant", "the variant does not survive being written down"
    for flaw in flaws(variant):
        yield "unsound-variant", flaw
    for part in variant.parts:
        yield from _of_part(part)


def _of_part(part: Part) -> Iterator[tuple[str, str]]:
    if isinstance(part.key, ChoiceKey) and isinstance(part.interaction, Choice):
        yield from _of_choice(part, part.interaction, part.key)
    elif isinstance(part.key, FieldsKey):
        yield from _of_fields(part, part.key)


def _of_choice(part: Part, choice: Choice, key: ChoiceKey) -> Iterator[tuple[str, str]]:
    right: JsonValue = list(key.letters) if choice.multiple else key.letters[0]
    if not _earns_all(part, right):
        yield "key-does-not-earn", "the key itself does not earn full marks"
    for option in choice.options:
        if option.letter in key.letters:
            continue
        if _earned(part, [option.letter] if choice.multiple else option.letter):
            yield "mistake-earns", f'the wrong option "{option.text}" earns marks'
        if not key.reasons.get(option.letter, "").strip():
            yield "mistake-unexplained", f'the wrong option "{option.text}" has no reason'


def _of_fields(part: Part, key: FieldsKey) -> Iterator[tuple[str, str]]:
    right = {field.name: _typed(field) for field in key.fields}
    if not _earns_all(part, right):
        yield "key-does-not-earn", "the key itself does not earn full marks"
    for number, field in enumerate(key.fields):
        for mistake in field.mistakes:
            response = _response({**right, field.name: mistake.value})
            outcome = mark(part, response, ()).outcomes[number]
            if outcome.status is not Status.FAILED or outcome.given:
                yield "mistake-earns", f"{field.name}: a known mistake earns marks: {mistake.feedback}"
            elif not outcome.feedback:
                yield "mistake-unexplained", f"{field.name}: a known mistake gets no feedback"


def _typed(field: FieldKey) -> JsonValue:
    return "undefined" if field.value is None else field.value


def _response(value: JsonValue) -> Response:
    return Response(cell="q01", readability=Readability.ANSWERED, text="", value=value)


def _earns_all(part: Part, value: JsonValue) -> bool:
    marked = mark(part, _response(value), ())
    return all(one.given == one.maximum for one in marked.outcomes) and abs((marked.given or 0) - part.points) < 0.01


def _earned(part: Part, value: JsonValue) -> bool:
    return bool(mark(part, _response(value), ()).given)
