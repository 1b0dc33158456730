import numpy as np
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import Ridge
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer, MaxAbsScaler, MinMaxScaler, OneHotEncoder, OrdinalEncoder


def build_pipeline(ranged, signed, counts, ordered, nominal, alpha=1.0):
    """Return an unfitted pipeline that prepares the named columns and ends with ridge regression."""
    prepare = ColumnTransformer(
        [
            ("ranged", Pipeline([("fill", SimpleImputer(strategy="median")), ("scale", MinMaxScaler())]), ranged),
            ("signed", Pipeline([("fill", SimpleImputer(strategy="constant")), ("scale", MaxAbsScaler())]), signed),  # with 0
            ("counts", Pipeline([("log", FunctionTransformer(np.log1p)), ("scale", MinMaxScaler())]), counts),
            ("ordered", OrdinalEncoder(categories=list(ordered.values())), list(ordered)),
            ("nominal", OneHotEncoder(handle_unknown="ignore"), nominal),
        ]
    )
    return Pipeline([("prepare", prepare), ("model", Ridge(alpha=alpha))])
