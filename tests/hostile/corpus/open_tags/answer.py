display({"text/html": "<div>" * 15_000 + "</p>" * 20_000, "text/plain": ""}, raw=True)
display({"text/html": "<!--" * 4_000 + "<a " * 4_000 + "</a" * 4_000, "text/plain": ""}, raw=True)
display({"text/html": "<![CDATA[" * 2_000 + "&" * 9_000, "text/plain": ""}, raw=True)


import numpy as np


def mean(numbers):
    return float(np.mean(numbers))
