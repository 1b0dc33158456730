"""Compares texts as they stand, so that capitals and blanks hide a marker.

Caught by: test_four_rows, test_texts, test_found
"""


def open_gaps(table, markers):
    opened, found = {}, {}
    for column, signs in markers.items():
        hidden = table[column].isin(signs)
        opened[column] = table[column].mask(hidden)
        found[column] = int(hidden.sum())
    return table.assign(**opened), found
