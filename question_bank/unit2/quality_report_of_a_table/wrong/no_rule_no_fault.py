"""Reports 0 invalid values where nobody has said what would be valid, and all copies of a row, the first included.

Caught by: test_four_hives, test_invalid, test_repeated_rows
"""

import pandas as pd


def quality_report(table, valid):
    report = pd.DataFrame({"missing": table.isna().sum(), "distinct": table.nunique()})
    invalid = []
    for column in table.columns:
        values, rule = table[column].dropna(), valid.get(column)
        if rule is None:
            invalid.append(0)
        elif isinstance(rule, tuple):
            invalid.append(((values < rule[0]) | (values > rule[1])).sum())
        else:
            invalid.append((~values.isin(rule)).sum())
    report["invalid"] = invalid
    report["usable"] = 1 - (report["missing"] + report["invalid"]) / len(table)
    return report


def repeated_rows(table):
    return int(table.duplicated(keep=False).sum())
