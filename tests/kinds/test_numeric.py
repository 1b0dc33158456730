"""Numeric questions: what is drawn is rounded first, the key earns its marks, and no known mistake earns any."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from gradesmith.errors import CannotCompute, CannotDraw, GradesmithError
from gradesmith.kinds.registry import kind_named
from gradesmith.model.outcomes import Status
from gradesmith.notebooks.skeleton import skeleton
from gradesmith.rules.assembly.candidates import rescaled
from gradesmith.rules.variants import flaws
from tests.kinds.marking import InProcess, both, by_notebook, by_rules, no_mistake_earns, right_fields

KIND = kind_named("numeric")
HERE = InProcess()
COMMON = {
    "id": "sums",
    "kind": "numeric",
    "lecture": "1.1",
    "topics": ["a"],
    "outcomes": ["b"],
    "difficulty": "easy",
    "bloom": "apply",
    "minutes": 1,
    "prompt": "What are {{ a }} + {{ b }} and {{ a }}/{{ b }}?",
    "explanation": "The sum is {{ total }}.",
    "source": "A book",
    "parameters": {"a": {"integers": [-50, 50]}, "b": {"uniform": [-3, 3], "digits": 2}},
    "compute": "total = a + b\nquotient = a / b if b else None",
    "answers": [
        {"name": "total", "value": "total", "tolerance": 0.001, "label": "Sum", "unit": "m", "points": 2},
        {"name": "quotient", "value": "quotient", "significant": 4, "may_be_undefined": True},
    ],
    "mistakes": [
        {"answer": "total", "value": "a - b", "feedback": "You took {{ b }} away."},
        {"answer": "quotient", "value": "b / a if a else None", "feedback": "Upside down."},
    ],
}
SEEDS = st.integers(0, 2**48)


def question(**changes):
    return KIND.question.model_validate({**COMMON, **changes})


def draw(seed=1, **changes):
    return KIND.draw(question(**changes), seed, HERE)


EXACTNESS = st.one_of(
    st.sampled_from([1e-6, 0.0005, 0.01, 0.5]).map(lambda value: {"tolerance": value}),
    st.sampled_from([1e-6, 0.001, 0.02]).map(lambda value: {"relative": value}),
    st.integers(1, 8).map(lambda value: {"significant": value}),
)


@st.composite
def numerics(draw):
    """Make questions that ask for a product and a difference of numbers of any size, with mistakes that may collide."""
    size = 10.0 ** draw(st.integers(-4, 5))
    answers = [
        {"name": "product", "value": "a * b", "points": draw(st.sampled_from([1, 0.5, 3])), **draw(EXACTNESS)},
        {"name": "difference", "value": "d", **draw(EXACTNESS)},
    ]
    mistakes = [
        {"answer": "product", "value": "a + b", "feedback": "You added {{ a }} and {{ b }}."},
        {"answer": "product", "value": "a ** b if abs(b) < 9 and a > 0 else None", "feedback": "You took a power."},
        {"answer": "difference", "value": "-d", "feedback": "The other way round."},
    ]
    return question(
        parameters={"a": {"uniform": [-size, size], "digits": 6}, "b": {"range": [-2, 6], "step": 0.1}},
        compute="d = a - b",
        prompt="{{ a }}, {{ b }}",
        explanation="So.",
        answers=answers,
        mistakes=mistakes,
    )


def drawn(asked, seed):
    """Draw a variant; a question that has none is not what a test is about."""
    try:
        return KIND.draw(asked, seed, HERE)
    except CannotDraw:
        assume(False)


@settings(max_examples=50)
@given(numerics(), SEEDS)
def test_the_key_earns_all_and_mistakes_earn_nothing(asked, seed):
    """By the rules and in the notebook alike; and a seed stands for one variant for ever."""
    variant = drawn(asked, seed)
    (part,) = variant.parts
    assert variant == KIND.draw(asked, seed, HERE)
    assert flaws(variant) == ()
    assert both(variant, right_fields(part)) == part.points
    no_mistake_earns(variant)


@settings(max_examples=50)
@given(numerics(), SEEDS, st.data())
def test_rules_and_notebook_draw_the_line_at_the_same_place(asked, seed, data):
    """Answers on either side of the tolerance, however written, earn the same here and there."""
    variant = drawn(asked, seed)
    (part,) = variant.parts
    for key in part.key.fields:
        off = data.draw(st.sampled_from([0, 0.5, 0.999999, 1, 1.000001, 1.5, -1, -2])) * key.tolerance
        value = key.value + off
        for typed in (value, repr(value), f"{value!r}".replace(".", ","), f" {100 * value!r} % ", [value]):
            both(variant, {key.name: typed})


@given(st.floats(1e-6, 1e9), st.integers(1, 8), st.booleans())
def test_rounding_to_the_digits_asked_for_is_right(value, digits, negative):
    """Whoever rounds the key to n significant digits has given n significant digits."""
    key = -value if negative else value
    (answer,) = question(answers=[{"name": "x", "value": "a", "significant": digits}], mistakes=[]).answers
    assert abs(float(f"{key:.{digits}g}") - key) <= answer.margin(key)
    if digits > 1:
        assert abs(float(f"{key:.{digits - 1}g}") - key) <= answer.margin(key) * 10.01


WRITTEN = st.text(alphabet="0123456789.,eE+-_ %nainfudet", max_size=8) | st.floats().map(str) | st.integers().map(str)


@settings(max_examples=200)
@given(WRITTEN)
def test_rules_and_notebook_read_the_same_numbers(typed):
    """What is a number to one is a number to the other."""
    variant = draw(answers=[{"name": "total", "value": "1", "tolerance": 0.9}], mistakes=[])
    both(variant, {"total": typed})
    nothing = draw(
        answers=[{"name": "total", "value": "None", "tolerance": 0.9, "may_be_undefined": True}], mistakes=[]
    )
    both(nothing, {"total": typed})


@pytest.mark.parametrize(
    ("parameter", "allowed"),
    [
        ({"choose": [1, "two", [3, 4]]}, [1, "two", [3, 4]]),
        ({"range": [0.1, 0.5], "step": 0.1}, [0.1, 0.2, 0.3, 0.4, 0.5]),
        ({"range": [10, 25], "step": 5}, [10, 15, 20, 25]),
        ({"range": [0, 1], "step": 0.4}, [0, 0.4, 0.8]),
        ({"integers": [-1, 1]}, [-1, 0, 1]),
        ({"uniform": [0.2, 0.4], "digits": 1}, [0.2, 0.3, 0.4]),
        ({"uniform": [1, 2], "digits": 0}, [1, 2]),
    ],
)
def test_parameters_are_drawn_from_what_is_declared(parameter, allowed):
    """Every value that may come does come, exactly as an author would write it."""
    asked = question(parameters={"a": parameter}, prompt="{{ a }}", **BARE)
    seen = {KIND.draw(asked, seed, HERE).prompt.partition("\n")[0] for seed in range(150)}
    assert seen == {str(value) for value in allowed}


BARE = {
    "compute": "",
    "explanation": "So.",
    "answers": [{"name": "x", "value": 1, "tolerance": 0.1}],
    "mistakes": [],
}


def test_a_list_is_drawn_where_a_size_is_given():
    """With ``size: 3`` a parameter is a list of three."""
    variant = draw(parameters={"a": {"integers": [1, 2], "size": 3}}, prompt="{{ a|length }} {{ a|sum }}", **BARE)
    assert variant.prompt[0] == "3"


def test_the_key_follows_from_the_numbers_as_shown():
    """Parameters are rounded before anything is computed from them, so that a student gets the same."""
    for seed in range(30):
        variant = draw(seed)
        a, b = (float(word) for word in variant.prompt.removeprefix("What are ").partition(" and")[0].split(" + "))
        assert variant.parts[0].key.fields[0].value == a + b


def test_texts_are_filled_in():
    """Prompt, explanation and feedback know the parameters and what was computed; the label carries the unit."""
    variant = draw(3)
    key, total = variant.parts[0].key.fields[0], variant.parts[0].key.fields[0].value
    assert variant.explanation == f"The sum is {total}."
    assert key.mistakes[0].feedback.startswith("You took ")
    assert "{{" not in variant.prompt + key.mistakes[0].feedback
    assert [field.label for field in variant.parts[0].interaction.fields] == ["Sum (m)", "Quotient"]
    assert "Sum (m): within 0.001 of the right value; Quotient: right to 4 significant digits" in variant.prompt


def test_an_undefined_answer_can_be_asked_for():
    """Where there is no number, "undefined" is right, and a number is not."""
    variant = draw(
        answers=[{"name": "x", "value": "a/0 if False else None", "tolerance": 1, "may_be_undefined": True}],
        mistakes=[],
    )
    assert 'write `"undefined"`' in variant.prompt
    assert both(variant, {"x": "undefined"}) == both(variant, {"x": "nan"}) == 1
    assert both(variant, {"x": 0}) == 0


def test_a_mistake_is_told_and_outcomes_carry_the_label():
    """Feedback names the mistake; the outcome is called as the quantity is."""
    variant = draw(4)
    total = variant.parts[0].key.fields[0]
    outcome = by_rules(variant.parts[0], {"total": total.mistakes[0].value}).outcomes[0]
    assert (outcome.status, outcome.title) == (Status.FAILED, "Sum (m)")
    assert outcome.feedback == total.mistakes[0].feedback


def test_the_symmetric_divergence_is_never_drawn():
    """The format's own example: with Q the reverse of P both divergences are equal, so that draw is refused."""
    divergence = {
        "parameters": {
            "p": {"choose": [[0.1, 0.2, 0.3, 0.4], [0.1, 0.15, 0.3, 0.45]]},
            "q": {"choose": [[0.4, 0.3, 0.2, 0.1]]},
        },
        "compute": "import math\nkl = sum(a * math.log(a / b) for a, b in zip(p, q))",
        "prompt": "{{ p }} {{ q }}",
        "explanation": "So.",
        "answers": [{"name": "kl", "value": "kl", "tolerance": 0.0005}],
        "mistakes": [
            {
                "answer": "kl",
                "value": "(lambda p, q: __import__('scipy.stats').stats.entropy(q, p))(p, q)",
                "feedback": "Swapped.",
            }
        ],
    }
    for seed in range(20):
        assert "0.15" in draw(seed, **divergence).prompt
    with pytest.raises(CannotDraw, match=r"none of 100 draws .* a known mistake earns the marks of kl: Swapped"):
        draw(**{**divergence, "parameters": {**divergence["parameters"], "p": {"choose": [[0.1, 0.2, 0.3, 0.4]]}}})


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"answers": [{"name": "x", "value": "float('inf')", "tolerance": 1}], "mistakes": []}, "x: .* is inf"),
        ({"answers": [{"name": "x", "value": "None", "tolerance": 1}], "mistakes": []}, "x: None is nan"),
        ({"answers": [{"name": "x", "value": "0", "relative": 0.1}], "mistakes": []}, "the key is 0"),
        ({"answers": [{"name": "x", "value": "1e-4", "tolerance": 0.001}], "mistakes": []}, "answer of 0 would count"),
        ({"answers": [{"name": "x", "value": "1e15", "tolerance": 1}], "mistakes": []}, "nobody can be asked"),
        ({"require": ["a > 50"]}, "a > 50 does not hold"),
    ],
)
def test_a_question_without_a_sound_variant_says_why(changes, message):
    """After a hundred draws the reason against the last one is told."""
    with pytest.raises(CannotDraw, match=f"sums: none of 100 draws makes a sound variant; the last one: .*{message}"):
        draw(**changes)


def test_what_is_required_holds():
    """A draw is used only if every condition holds."""
    for seed in range(20):
        assert float(draw(seed, require=["b > 2", "a % 2 == 0"]).prompt.split()[4]) > 2


@pytest.mark.parametrize("value", ["'text'", "[1, 2]", "a == a"])
def test_an_answer_that_is_no_number_is_an_error(value):
    """Text, lists and truths can't be asked for."""
    with pytest.raises(CannotCompute, match=r"sums: .* is .*, not a number"):
        draw(answers=[{"name": "x", "value": value, "tolerance": 1}], mistakes=[])


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"answers": [{"name": "x", "value": "a"}]}, "exactly one of tolerance, relative and significant"),
        ({"answers": [{"name": "x", "value": "a +", "tolerance": 1}]}, '"a \\+" is no Python expression'),
        ({"answers": [{"name": "x", "value": "a", "tolerance": 1, "unit": "%"}]}, "let the key be a share"),
        ({"answers": [{"name": "x", "value": "a", "tolerance": 1, "label": "{{ a }}"}]}, "no fields are filled in"),
        ({"answers": [{"name": "x", "value": "a", "tolerance": 1}] * 2}, "two answers have the same name"),
        ({"mistakes": [{"answer": "y", "value": "1", "feedback": "."}]}, 'there is no answer "y"'),
        ({"compute": "a +\nb"}, "compute, line 1: invalid syntax"),
        ({"prompt": "What is {{ a ?"}, "prompt, line 1: "),
        ({"points": 7}, "points add up to 3, not to 7"),
        ({"parameters": {"a": {"integers": [2, 1]}}}, "the smaller number first"),
        ({"parameters": {"a": {"uniform": [1, 2]}}}, "digits goes with uniform"),
        ({"parameters": {"a": {"choose": [1], "integers": [1, 2]}}}, "exactly one of choose, range"),
        ({"parameters": {"a b": {"choose": [1]}}}, "should match pattern"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(changes, message):
    """What can be seen without drawing is an error of the bank."""
    with pytest.raises(ValidationError, match=message):
        question(**{**COMMON, "mistakes": [], **changes})


def test_a_field_that_nothing_fills_names_itself():
    """A name that is neither a parameter nor computed is found when it is asked for."""
    with pytest.raises((GradesmithError, NameError), match="nowhere"):
        draw(prompt="{{ nowhere }}")


def test_points_can_be_rescaled():
    """In a form the question is worth what the blueprint says, and its answers keep their proportions."""
    variant = rescaled(draw(5), 6)
    only_total = {"total": right_fields(variant.parts[0])["total"]}
    assert by_notebook(variant, only_total) == by_rules(variant.parts[0], only_total).given == 4


def test_a_label_with_mathematics_makes_a_valid_notebook(quiz):
    r"""A label like $\hat{\beta}_1$ "as fitted" does no harm in the code of answer and test cell."""
    label = r'Slope $\hat{\beta}_1$ "as *fitted*"'
    variant = draw(answers=[{"name": "x", "value": "1", "tolerance": 0.1, "label": label}], mistakes=[])
    assert both(variant, {"x": 1}) == 1
    cells = {cell.id: cell for cell in skeleton(quiz.but(items=(quiz.slots[0].but(variant=variant),)))}
    compile(cells["q01"].starter, "starter", "exec")
    assert math.isclose(eval(cells["q01"].solution.partition("=")[2])["x"], 1)
