"""Looks at the columns of numbers only.

Caught by: test_example_table, test_fresh_texts, test_small_tables
"""

import pandas as pd


def overview(table):
    facts = {}
    for name in table.select_dtypes("number"):
        column = table[name].dropna()
        is_number = pd.api.types.is_numeric_dtype(column)
        facts[name] = {
            "kind": "number" if is_number else "text",
            "missing": len(table) - len(column),
            "distinct": column.nunique(),
            "typical": column.median() if is_number else column.mode().iloc[0],
            "smallest": column.min(),
            "largest": column.max(),
        }
    return pd.DataFrame.from_dict(facts, orient="index")
