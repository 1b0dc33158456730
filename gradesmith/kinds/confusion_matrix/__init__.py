"""Confusion matrix: counts are given, metrics are asked, and the classic mistakes are known.

::

    matrices    the formulas          asking     from a quantity's name to the fields it asks for
    mistakes    what goes wrong       recovery   the count that is lost and follows from metrics
    tables      how a matrix looks    question   what the YAML may hold, and how a variant is drawn
"""

from gradesmith.kinds.confusion_matrix.question import KIND

__all__ = ["KIND"]
