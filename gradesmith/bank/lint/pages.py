"""The documentation of the rules, made of their docstrings."""

from __future__ import annotations

import inspect

from gradesmith.bank.lint.registry import RULES
from gradesmith.bank.lint.rule import Rule

INDEX = "README.md"
ABOVE_THE_TABLE = """\
# Lint rules

`gradesmith bank lint` judges every question that can be read by these rules. An *error* makes it exit with 1; a
*warning* should be read; a *note* may be. This page and those it leads to are made from the rules themselves
(`gradesmith bank lint --write-docs`).

| rule | severity | what it finds |
|---|---|---|
"""
BELOW_THE_TABLE = """
## When a rule is wrong about a question

Say so in the question, with the reason; `--json` lists what was waived and why.

```yaml
lint_ignore:
  negative-stem: The exception is what is to be learnt here.
```

The rules follow T. M. Haladyna, S. M. Downing and M. C. Rodriguez, "A review of multiple-choice item-writing guidelines
for classroom assessment", Applied Measurement in Education 15 (2002) 309-334, where that applies.
"""


def rule_pages() -> dict[str, str]:
    """Return the text of every page by its file name, the index among them."""
    ordered = sorted(RULES.values(), key=lambda rule: rule.code)
    rows = [f"| [`{rule.code}`]({rule.code}.md) | {rule.severity.value} | {summary(rule)} |\n" for rule in ordered]
    pages = {f"{rule.code}.md": _page(rule) for rule in ordered}
    return {INDEX: ABOVE_THE_TABLE + "".join(rows) + BELOW_THE_TABLE, **pages}


def summary(rule: Rule) -> str:
    """Return the first line of a rule's page."""
    return (inspect.getdoc(type(rule)) or "").split("\n")[0]


def _page(rule: Rule) -> str:
    text = inspect.getdoc(type(rule)) or ""
    return f"# {rule.code}\n\n*{rule.severity.value}* · [all rules]({INDEX})\n\n{text.rstrip()}\n"
