import pandas as pd
from sklearn.model_selection import GridSearchCV, StratifiedKFold
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler


def tuned_by_grid(x, y, neighbours, folds, seed):
    """Return a grid search over neighbours and weights, fitted to the rows."""
    pipeline = Pipeline([("scale", StandardScaler()), ("knn", KNeighborsClassifier())])
    grid = {"knn__n_neighbors": neighbours, "knn__weights": ["uniform", "distance"]}
    splitter = StratifiedKFold(folds, shuffle=True, random_state=seed)
    return GridSearchCV(pipeline, grid, cv=splitter, scoring="balanced_accuracy").fit(x, y)


def tuning_table(search):
    """Return a table of the settings that a search has tried, the best first."""
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
