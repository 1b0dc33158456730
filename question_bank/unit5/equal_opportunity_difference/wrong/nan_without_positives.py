"""Lets the mean of nothing become NaN and skips it afterwards, so that one rate alone has the difference 0.

Caught by: test_no_positives, test_nothing_to_compare
"""

import pandas as pd


def equal_opportunity(y_true, y_pred, group):
    people = pd.DataFrame({"y_true": list(y_true), "y_pred": list(y_pred), "group": list(group)})
    people["found"] = people["y_pred"].where(people["y_true"] == 1)
    rates = people.groupby("group")["found"].mean()
    return {"rates": rates.to_dict(), "difference": float(rates.max() - rates.min())}
