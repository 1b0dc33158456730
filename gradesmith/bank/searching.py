"""Finds questions by words. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from gradesmith.model.questions import Question

WEIGHTS = {"id": 5, "title": 4, "topics": 3, "outcomes": 2, "prompt": 2, "options": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A question in which all words were found; the greater the score, the more telling the place."""

    question: Question
    score: int


def search(questions: Iterable[Question], words: Collection[str]) -> list[Hit]:
    """Return the questions that hold every word, or its beginning, the best first; capitals do not matter.

    A word counts by the most telling field that it stands in: the id, the title, topics, outcomes, the prompt, an
    option.
    """
    wanted = [re.compile(rf"(?<!\w){re.escape(word)}", re.IGNORECASE) for word in words]
    hits = []
    for question in questions:
        texts = _texts(question)
        scores = [max((WEIGHTS[name] for name, text in texts.items() if one.search(text)), default=0) for one in wanted]
        if scores and all(scores):
            hits.append(Hit(question=question, score=sum(scores)))
    return sorted(hits, key=lambda hit: (-hit.score, hit.question.id))


def _texts(question: Question) -> dict[str, str]:
    choice = question.as_choice()
    return {
        "id": question.id.replace("-", " ") + " " + question.id,
        "title": question.title,
        "topics": " ".join(question.topics).replace("-", " ") + " " + " ".join(question.topics),
        "outcomes": " ".join(question.outcomes).replace("-", " "),
        "prompt": question.prompt,
        "options": " ".join(option.text for option in choice.options) if choice else "",
    }
