"""Stops at a name that was not among the training rows.

Caught by: test_all_together, test_one_row_and_fitted_again
"""

import numpy as np
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import Ridge
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer, MaxAbsScaler, MinMaxScaler, OneHotEncoder, OrdinalEncoder


def build_pipeline(ranged, signed, counts, ordered, nominal, alpha=1.0):
    prepare = ColumnTransformer(
        [
            ("ranged", make_pipeline(SimpleImputer(strategy="median"), MinMaxScaler()), ranged),
            ("signed", make_pipeline(SimpleImputer(strategy="constant", fill_value=0), MaxAbsScaler()), signed),
            ("counts", make_pipeline(FunctionTransformer(np.log1p), MinMaxScaler()), counts),
            ("ordered", OrdinalEncoder(categories=list(ordered.values())), list(ordered)),
            ("nominal", OneHotEncoder(), nominal),
        ]
    )
    return Pipeline([("prepare", prepare), ("model", Ridge(alpha=alpha))])
