"""Counts as invalid whatever is not inside the range or the set, and so each gap a second time.

Caught by: test_four_hives, test_invalid, test_usable
"""

import numpy as np
import pandas as pd


def quality_report(table, valid):
    report = pd.DataFrame({"missing": table.isna().sum(), "distinct": table.nunique()})
    invalid = []
    for column in table.columns:
        rule = valid.get(column)
        if rule is None:
            invalid.append(np.nan)
        elif isinstance(rule, tuple):
            invalid.append((~table[column].between(*rule)).sum())
        else:
            invalid.append((~table[column].isin(rule)).sum())
    report["invalid"] = invalid
    report["usable"] = 1 - (report["missing"] + report["invalid"].fillna(0)) / len(table)
    return report


def repeated_rows(table):
    return int(table.duplicated().sum())
