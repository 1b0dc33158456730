import numpy as np
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import Ridge
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer, MaxAbsScaler, MinMaxScaler, OneHotEncoder, OrdinalEncoder


def build_pipeline(ranged, signed, counts, ordered, nominal, alpha=1.0):
    """Return an unfitted pipeline that prepares the named columns and ends with ridge regression."""
    ...
