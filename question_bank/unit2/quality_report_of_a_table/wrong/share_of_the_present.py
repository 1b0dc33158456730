"""Divides by the values that are present instead of all rows, so that gaps make a column look better.

Caught by: test_four_hives, test_usable
"""

import numpy as np
import pandas as pd


def quality_report(table, valid):
    report = pd.DataFrame({"missing": table.isna().sum(), "distinct": table.nunique()})
    invalid = []
    for column in table.columns:
        values, rule = table[column].dropna(), valid.get(column)
        if rule is None:
            invalid.append(np.nan)
        elif isinstance(rule, tuple):
            invalid.append(((values < rule[0]) | (values > rule[1])).sum())
        else:
            invalid.append((~values.isin(rule)).sum())
    report["invalid"] = invalid
    report["usable"] = 1 - report["invalid"].fillna(0) / table.notna().sum()
    return report


def repeated_rows(table):
    return int(table.duplicated().sum())
