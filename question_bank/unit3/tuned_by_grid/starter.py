import pandas as pd
from sklearn.model_selection import GridSearchCV, StratifiedKFold
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler


def tuned_by_grid(x, y, neighbours, folds, seed):
    """Return a grid search over neighbours and weights, fitted to the rows."""
    ...


def tuning_table(search):
    """Return a table of the settings that a search has tried, the best first."""
    ...
