"""Counts the gaps afterwards, those included that had been there before.

Caught by: test_four_rows, test_found
"""


def open_gaps(table, markers):
    opened = {}
    for column, signs in markers.items():
        values = table[column]
        tidy = values if values.dtype.kind in "iuf" else values.str.strip().str.lower()
        signs = [sign.strip().lower() if isinstance(sign, str) else sign for sign in signs]
        opened[column] = values.mask(tidy.isin(signs))
    return table.assign(**opened), {column: int(values.isna().sum()) for column, values in opened.items()}
