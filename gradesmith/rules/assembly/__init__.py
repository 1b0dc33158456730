"""From blueprint and questions to forms, by mixed-integer programming. Pure: equal inputs give equal forms.

A *candidate* is a question where it may stand, in one of the sections. A *demand* is one thing that a form must fulfil:
a weighted count of its candidates lies within bounds. `selecting` finds candidates that fulfil all demands, one form
after the other; `remedies` says what to write or to loosen where there are none; `making` draws the variants.
"""
