import functools

import numpy as np
import pandas as pd
import pytest

STEPS = ["easy", "moderate", "hard"]
COLUMNS = {
    "ranges": (["beds", "climb"], [], [], {}, []),
    "signs": ([], ["warmer", "trend"], [], {}, []),
    "counts": (["climb"], [], ["booked"], {}, []),
    "orders": (["beds"], [], [], {"path": STEPS, "car": ["yes", "no"]}, []),
    "all": (["beds", "climb"], ["warmer", "trend"], ["booked"], {"path": STEPS, "car": ["no", "yes"]}, ["valley"]),
    "some": (["beds", "climb"], ["trend"], ["booked"], {"path": STEPS}, ["valley"]),
}


def _nights(rng, rows, valleys=("Tal", "Arn", "Ost")):
    """Draw rows with gaps in the columns that may have some."""
    table = pd.DataFrame(
        {
            "hut": np.arange(rows) % 7,
            "beds": rng.uniform(20, 120, rows).round(),
            "climb": rng.gamma(2, 300, rows),
            "warmer": rng.normal(1, 4, rows),
            "trend": rng.normal(0, 9, rows),
            "booked": np.floor(rng.exponential(60, rows)),
            "path": rng.choice(STEPS, rows),
            "car": rng.choice(["no", "yes"], rows),
            "valley": rng.choice(list(valleys), rows),
        }
    )
    table.loc[:2, "path"] = STEPS
    table.loc[rng.random(rows) < 0.2, "climb"] = np.nan
    table.loc[rng.random(rows) < 0.3, "trend"] = np.nan
    return table


def _guests(rng, table):
    """Draw a target that depends on the columns of a table."""
    codes = table["path"].map({"easy": 0, "moderate": 1, "hard": 4}) + 3 * (table["car"] == "yes")
    valley = table["valley"].map({"Tal": 0, "Arn": 8, "Ost": -5}).fillna(20)
    numbers = 0.4 * table["beds"] + 0.02 * table["climb"].fillna(100) + table["warmer"] - 2 * table["trend"].fillna(0)
    noise = rng.normal(0, 1, len(table))
    return (codes * 6 + valley + numbers + 15 * np.log1p(table["booked"]) + noise).to_numpy(dtype=float)


def _prepared(train, rows, ranged, signed, counts, ordered, nominal):
    """Prepare rows with pandas and NumPy, with everything learnt from the training rows."""
    columns = []
    for name in ranged:
        low, high, middle = train[name].min(), train[name].max(), train[name].median()
        columns.append((rows[name].fillna(middle) - low) / (high - low))
    columns += [rows[name].fillna(0) / train[name].abs().max() for name in signed]
    for name in counts:
        low, high = np.log(1 + train[name].min()), np.log(1 + train[name].max())
        columns.append((np.log(1 + rows[name]) - low) / (high - low))
    columns += [rows[name].map(words.index) for name, words in ordered.items()]
    columns += [(rows[name] == word).astype(int) for name in nominal for word in sorted(set(train[name]))]
    return np.column_stack([np.asarray(column, dtype=float) for column in columns])


def _predictions(train, guests, rows, columns, alpha):
    """Solve the ridge problem by its normal equations, the intercept unpenalised."""
    known, asked = (_prepared(train, table, *columns) for table in (train, rows))
    centre = known.mean(axis=0)
    gram = (known - centre).T @ (known - centre) + alpha * np.eye(known.shape[1])
    weights = np.linalg.solve(gram, (known - centre).T @ (guests - guests.mean()))
    return guests.mean() + (asked - centre) @ weights


@functools.cache  # drawn alike for everybody, so it is worked out once
def _case(draw, kind, alpha, valleys):
    """Draw training rows with their guests, and new rows with what is to be predicted of them."""
    rng = np.random.default_rng(draw)
    train, rows = _nights(rng, 60), _nights(rng, 25, valleys)
    rows["beds"] *= 1.5
    guests = _guests(rng, train)
    return train, guests, rows, _predictions(train, guests, rows, COLUMNS[kind], alpha)


def _agrees(student, rng, kind, alpha, valleys=("Tal", "Arn", "Ost")):
    """Fit the student's pipeline to fresh rows, let it predict others, and compare."""
    train, guests, rows, expected = _case(int(rng.integers(2**32)), kind, alpha, valleys)
    model = student.build_pipeline(*COLUMNS[kind], alpha=alpha)
    model.fit(train, guests)
    return np.allclose(np.asarray(model.predict(rows), dtype=float), expected, rtol=0, atol=1e-3)


@functools.cache
def _one_row(draw):
    """Draw a row, and two trainings that know different valleys, each with what it is to predict of the row."""
    rng = np.random.default_rng(draw)
    first, second, rows = _nights(rng, 40), _nights(rng, 40, ("Tal", "Gries")), _nights(rng, 6)
    rows.loc[4, "valley"] = "Arn"
    pairs = [(train, _guests(rng, train)) for train in (first, second)]
    return rows[4:5], [(*pair, _predictions(*pair, rows, COLUMNS["some"], 1.0)[4:5]) for pair in pairs]


@pytest.mark.check(points=1, visible=True)
def test_a_straight_line(student):
    """The three huts of the example lie on a straight line."""
    model = student.build_pipeline(["beds"], [], [], {}, [], alpha=0.0)
    assert model is not None, "build_pipeline returned None: does it end with a return?"
    model.fit(pd.DataFrame({"beds": [10.0, 20.0, 30.0]}), np.array([5.0, 9.0, 13.0]))
    predicted = model.predict(pd.DataFrame({"beds": [50.0]}))
    assert np.asarray(predicted, dtype=float) == pytest.approx([21.0])


@pytest.mark.check(points=2)
def test_numbers(student, rng):
    """Fresh columns of numbers, each kind by itself and together, with gaps, against normal equations."""
    for kind in ("ranges", "signs", "counts"):
        assert _agrees(student, rng, kind, 1.0)


@pytest.mark.check(points=1)
def test_words_with_an_order(student, rng):
    """Fresh columns of ordered words, in an order that is not the alphabet's."""
    assert _agrees(student, rng, "orders", 2.0)


@pytest.mark.check(points=2)
def test_all_together(student, rng):
    """All kinds of columns at once, with names in the new rows that the training rows did not have."""
    for alpha in (0.1, 25.0):
        assert _agrees(student, rng, "all", alpha, ("Tal", "Arn", "Neu", "Alp"))


@pytest.mark.check(points=1)
def test_one_row_and_fitted_again(student, rng):
    """A row by itself is predicted as among others; a second fit forgets the first; alpha is 1 unless given."""
    model = student.build_pipeline(*COLUMNS["some"])
    row, fits = _one_row(int(rng.integers(2**32)))
    for train, guests, expected in fits:
        model.fit(train, guests)
        alone = np.asarray(model.predict(row), dtype=float)
        assert np.allclose(alone, expected, rtol=0, atol=1e-3)
