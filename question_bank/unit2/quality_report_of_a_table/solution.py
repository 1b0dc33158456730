import numpy as np
import pandas as pd


def count_invalid(values, rule):
    """Return how many of the values (none of them missing) break a rule; nan if there is no rule."""
    if rule is None:
        return np.nan
    if isinstance(rule, tuple):
        low, high = rule
        return ((values < low) | (values > high)).sum()
    return (~values.isin(rule)).sum()


def quality_report(table, valid):
    """Return a table with the missing, distinct, invalid and usable values of each column."""
    report = pd.DataFrame({"missing": table.isna().sum(), "distinct": table.nunique()})
    report["invalid"] = [count_invalid(table[column].dropna(), valid.get(column)) for column in table.columns]
    unusable = report["missing"] + report["invalid"].fillna(0)
    report["usable"] = 1 - unusable / len(table)
    return report


def repeated_rows(table):
    """Return how many rows are copies of an earlier one."""
    return int(table.duplicated().sum())
