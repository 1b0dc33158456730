"""Judges questions that can be read: are they well written, and can they be answered only by who knows?

::

    rule        what a rule is, and what it judges        wording     words, sentences and number ranges in texts
    stems, hints, options                                 rules on wording
    bookkeeping, pairs                                    rules on what stands beside it, and on two questions at once
    checks, code_files                                    rules on coding tasks
    forms, chance                                         rules on what is drawn from many questions
    registry    every rule by its code                    run         all rules at once, and what authors waived
    pages       the documentation, made of the rules' docstrings
"""
