"""Takes StandardScaler for all numbers, believing that max-abs centres them as well; and takes no logarithm of counts.

Caught by: test_numbers, test_words_with_an_order, test_all_together, test_one_row_and_fitted_again
"""

from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import Ridge
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler


def build_pipeline(ranged, signed, counts, ordered, nominal, alpha=1.0):
    prepare = ColumnTransformer(
        [
            ("ranged", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), ranged),
            ("signed", make_pipeline(SimpleImputer(strategy="constant", fill_value=0), StandardScaler()), signed),
            ("counts", StandardScaler(), counts),
            ("ordered", OrdinalEncoder(categories=list(ordered.values())), list(ordered)),
            ("nominal", OneHotEncoder(handle_unknown="ignore"), nominal),
        ]
    )
    return Pipeline([("prepare", prepare), ("model", Ridge(alpha=alpha))])
