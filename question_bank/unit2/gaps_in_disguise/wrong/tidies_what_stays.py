"""Keeps the tidied texts, so that values change which were no markers.

Caught by: test_four_rows, test_texts
"""


def open_gaps(table, markers):
    opened, found = {}, {}
    for column, signs in markers.items():
        values = table[column]
        tidy = values if values.dtype.kind in "iuf" else values.str.strip().str.lower()
        hidden = tidy.isin([sign.strip().lower() if isinstance(sign, str) else sign for sign in signs])
        opened[column] = tidy.mask(hidden)
        found[column] = int(hidden.sum())
    return table.assign(**opened), found
