"""One file per kind of question; adding a kind is adding a file.

A module here that has a ``KIND`` is found by :mod:`gradesmith.kinds.registry`; other packages add theirs through the
entry point group ``gradesmith.kinds``.
"""
