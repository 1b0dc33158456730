import hashlib
import json
import math


def run_line(params, seed, metrics, artefacts):
    """Return the record of a run as one line of JSON."""
    ...


def best_run(log, metric, largest=True):
    """Return the record of the best run in a log, or None."""
    ...
