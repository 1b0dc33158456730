"""Replaces the markers of all columns everywhere, so that a good value is lost where it is an ordinary one.

Caught by: test_four_rows, test_numbers, test_texts, test_found
"""


def open_gaps(table, markers):
    signs = [sign for signs in markers.values() for sign in signs]
    tidy = table.map(lambda value: value.strip().lower() if isinstance(value, str) else value)
    hidden = tidy.isin([sign.strip().lower() if isinstance(sign, str) else sign for sign in signs])
    return table.mask(hidden), {column: int(hidden[column].sum()) for column in markers}
