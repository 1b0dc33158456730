"""What an honest student answers to each check file: it earns all its points, before and after any attack."""

from __future__ import annotations

HONEST = {
    "mean": "import numpy as np\ndef mean(numbers):\n    return float(np.mean(numbers))\n",
    "near": "import numpy as np\ndef mean(numbers):\n    return float(np.mean(numbers))\n",
    "table": "def totals(table):\n    return table.groupby('town')['sold'].sum()\n",
    "model": """
from sklearn.linear_model import LogisticRegression
def fit(X, y):
    return LogisticRegression(C=100).fit(X, y)
""",
}
WORTH = {"mean": 3, "near": 3, "table": 3, "model": 2}
