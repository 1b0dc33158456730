"""Keeps only the actual positives before it looks for the groups, so that groups without positives vanish.

Caught by: test_no_positives, test_nothing_to_compare
"""

import pandas as pd


def equal_opportunity(y_true, y_pred, group):
    people = pd.DataFrame({"y_true": list(y_true), "y_pred": list(y_pred), "group": list(group)})
    rates = people[people["y_true"] == 1].groupby("group")["y_pred"].mean().to_dict()
    return {"rates": rates, "difference": max(rates.values()) - min(rates.values()) if len(rates) > 1 else None}
