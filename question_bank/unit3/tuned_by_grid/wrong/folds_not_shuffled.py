"""Gives the number of folds as cv, so the rows are not shuffled and the seed is forgotten.

Caught by: test_fresh_search, test_other_folds
"""

import pandas as pd
from sklearn.model_selection import GridSearchCV, StratifiedKFold
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler


def tuned_by_grid(x, y, neighbours, folds, seed):
    pipeline = Pipeline([("scale", StandardScaler()), ("knn", KNeighborsClassifier())])
    grid = {"knn__n_neighbors": neighbours, "knn__weights": ["uniform", "distance"]}
    return GridSearchCV(pipeline, grid, cv=folds, scoring="balanced_accuracy").fit(x, y)


def tuning_table(search):
    results = search.cv_results_
    table = pd.DataFrame(
        {
            "neighbours": [setting["knn__n_neighbors"] for setting in results["params"]],
            "weights": [setting["knn__weights"] for setting in results["params"]],
            "mean": results["mean_test_score"],
            "worst": pd.DataFrame({i: results[f"split{i}_test_score"] for i in range(search.n_splits_)}).min(axis=1),
        }
    )
    return table.sort_values("mean", ascending=False, kind="stable", ignore_index=True)
