"""Plugs for nbgrader's exchange: each student fetches their own form, and nobody reads what another has or hands in.

The folders, below the exchange's root, and who may do what in them:

```
machine-learning/            the instructor's, 0755
  outbound/wt1/              a single form: everybody may read it, as nbgrader has it
  outbound/wt5/              forms of students' own: 0711, names can't be listed
    1001/                    0700, opened by an access list to the user 1001 alone
  inbound/                   03733: everybody may add to it, nobody lists it or touches what others have added
    ada+wt5+…/               the student's, 0700, opened by an access list to the instructor
```

Who made a folder is the kernel's word, so the owner of a submission tells whose it is; its name is only a claim.
"""

from __future__ import annotations

from typing import Any

PLUGS = {
    "release_assignment": "gradesmith.course.exchange.releasing.ReleaseForms",
    "fetch_assignment": "gradesmith.course.exchange.fetching.FetchForm",
    "list": "gradesmith.course.exchange.listing.ListForms",
    "submit": "gradesmith.course.exchange.submitting.SubmitPrivately",
    "collect": "gradesmith.course.exchange.collecting.CollectSafely",
}


def use(config: Any) -> None:
    """Have nbgrader use these plugs: call it in ``nbgrader_config.py`` with what ``get_config()`` gave."""
    for name, place in PLUGS.items():
        setattr(config.ExchangeFactory, name, place)
