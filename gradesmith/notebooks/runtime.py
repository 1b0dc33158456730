"""The few lines that every notebook carries, so that it also works where gradesmith is not installed."""

SETUP = '''\
# Run this cell first. It is locked; it brings what the checks below each question need.
import inspect, math, sys, traceback, zlib
from fractions import Fraction
import numpy


def run(checks, points):
    """Run the checks, say how each went, and return the points they earn."""
    earned = total = Fraction(0)
    for check in checks():
        mark = next(mark.kwargs for mark in check.pytestmark if mark.name == "check")
        rng = numpy.random.default_rng([getattr(checks, "seed", 0), zlib.crc32(check.__name__.encode())])
        given = {"student": sys.modules["__main__"], "rng": rng}
        total += Fraction(str(mark["points"]))
        try:
            check(**{name: given[name] for name in inspect.signature(check).parameters})
            earned += Fraction(str(mark["points"]))
            print("✓", inspect.getdoc(check).splitlines()[0])
        except KeyboardInterrupt:
            raise
        except BaseException as problem:  # as pytest's own failures are
            print("✗", inspect.getdoc(check).splitlines()[0])
            if mark.get("visible"):
                lines = [at.line for at in traceback.extract_tb(problem.__traceback__) if at.name == check.__name__]
                print("   ", *lines[-1:], "→", type(problem).__name__, *str(problem).splitlines()[:1])
    return math.floor(Fraction(points) * earned / (total or 1) * 100 + Fraction(1, 2)) / 100


def answered(name, wanted):
    """Say what stands in an answer, or what is wanted there."""
    answer = getattr(sys.modules["__main__"], name, "")
    if isinstance(answer, (list, tuple, set)):
        answer = ", ".join(map(str, answer))
    if isinstance(answer, dict):
        answer = ", ".join(f"{field} = {value}" for field, value in answer.items() if str(value).strip())
    print(f"{name}: answered {answer}" if str(answer).strip() else f"{name}: not answered: write {wanted}")
'''

CHOICE_CHECKS = '''\
def checks_{slot}():
    import pytest

    @pytest.mark.check(points=1)
    def test_answer(student):
        """The right option is chosen"""
        chosen = student.{slot} if isinstance(student.{slot}, list) else [student.{slot}]
        assert sorted({{str(letter).strip(" .)\\n\\t").upper() for letter in chosen}}) == {letters}

    return [test_answer]


run(checks_{slot}, points="{points}")'''

TICKS_HEAD = """\
def checks_{slot}():
    import pytest

    def worth(typed):
        entries = typed if isinstance(typed, (list, tuple, set, frozenset)) else [typed]
        ticked = {{one for entry in entries for one in str(entry).upper() if one not in {between!r}}}
        assert ticked <= {{*{options!r}}}
        right = len(ticked & {{*{letters!r}}})
        return Fraction(right, {of_right}) - Fraction(len(ticked) - right, {of_wrong})
"""

TICKS_CHECK = '''
    @pytest.mark.check(points="{points}")
    def test_{number}(student):
        """{title}"""
        assert worth(student.{slot}) >= Fraction("{share}")
'''

FIELDS_HEAD = """\
def checks_{slot}():
    import re
    import pytest

    def number(typed):
        text = str(typed).strip().lower()
        if text in {{"undefined", "nan", "not defined", "n/a"}}:
            return math.nan
        digits = text[:-1].strip() if text.endswith("%") else text
        assert re.fullmatch(r"{number}", digits)
        return float(digits.replace(",", ".")) / (100 if text.endswith("%") else 1)

    def near(typed, value, tolerance):
        if value is None:
            return math.isnan(number(typed))
        return abs(number(typed) - value) <= tolerance + 1e-12
"""

FIELD_CHECK = """
    @pytest.mark.check(points="{points}")
    def test_{name}(student):
        {title}
        assert near(student.{slot}["{name}"], {value!r}, {tolerance!r})
"""

RETURN_CHECKS = '    return [found for found in locals().values() if hasattr(found, "pytestmark")]'
