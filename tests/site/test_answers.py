"""Questions are asked once, and several of them at a time where others wait for all."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from censorkb.query.answer import Answer
from censorkb.root import Root
from censorkb.site.answers import Answers
from censorkb.site.plan import Section

if TYPE_CHECKING:
    from conftest import Loaded

QUESTIONS = Root(Path(__file__).resolve().parents[2]).templates / "questions"
SECTIONS = [Section("measures", "country"), Section("claims", "page"), Section("measures", "target")]


class Counting(Answers):
    """Notes what is asked, and answers nothing until two questions are asked at the same time."""

    def __init__(self, loaded: Loaded, at_once: int) -> None:
        super().__init__(loaded.ontology, loaded.store, QUESTIONS)
        self.asked: list[str] = []
        self._both = threading.Barrier(at_once, timeout=30)

    def _ask(self, text: str, question: str) -> Answer:
        self.asked.append(question)
        self._both.wait()
        return super()._ask(text, question)


def test_questions_are_asked_at_the_same_time_and_each_once(toy: Loaded) -> None:
    answers = Counting(toy, 2)
    with answers.asking(SECTIONS, 2):
        pass
    alone = Answers(toy.ontology, toy.store, QUESTIONS)
    for section in SECTIONS:
        assert answers.grouped(section) == alone.grouped(section)
        assert answers[section.question] == alone[section.question]
    assert sorted(answers.asked) == ["claims", "measures"]


def test_what_was_asked_before_is_not_asked_again(toy: Loaded) -> None:
    answers = Counting(toy, 1)
    measures = answers["measures"]
    with answers.asking(SECTIONS, 1):
        assert answers.asked[0] == "measures"
    assert sorted(answers.asked) == ["claims", "measures"]
    assert answers["measures"] == measures


def test_a_question_that_is_not_there_is_told_of_when_the_others_are_asked(toy: Loaded) -> None:
    answers = Answers(toy.ontology, toy.store, QUESTIONS)
    with pytest.raises(FileNotFoundError), answers.asking([Section("nothing", "page")], 2):
        pass
