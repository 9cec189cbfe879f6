"""A crew hands over what its processes make, tells of their faults, and leaves none of them behind."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Iterator

import pytest
from toysite import FACTS_URL

import censorkb.site.crew
import censorkb.site.pages
from censorkb.site.crew import Crew, File, HandLost, Share, hands
from censorkb.site.pages import Renderer

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere one process makes all pages")
LARGE = bytes(3 << 19)  # more than is handed over at once


def made(*names: str) -> Iterator[File]:
    return ((name, name.encode() + LARGE) for name in names)


def nobody_is_left() -> bool:
    return not multiprocessing.active_children()


def test_a_crew_hands_over_all_that_its_processes_make():
    with Crew([lambda: made("a", "b"), lambda: made("c"), lambda: iter(())]) as crew:
        found = list(crew.files(rest=True))
    assert sorted(found) == sorted(made("a", "b", "c"))
    assert nobody_is_left()


def test_what_is_not_ready_is_not_waited_for():
    def late() -> Iterator[File]:
        time.sleep(0.3)
        yield from made("late")

    with Crew([late]) as crew:
        assert list(crew.files(rest=False)) == []
        assert list(crew.files(rest=True)) == list(made("late"))


def test_processes_start_with_what_this_one_knows_and_change_nothing_in_it():
    known = ["here"]

    def there() -> Iterator[File]:
        known.append("there")
        yield " ".join(known), str(os.getpid()).encode()

    with Crew([there]) as crew:
        ((name, process),) = crew.files(rest=True)
    assert (name, known) == ("here there", ["here"])
    assert int(process) != os.getpid()


def test_a_fault_in_a_process_is_raised_here_with_the_place_where_it_came_from():
    def broken() -> Iterator[File]:
        yield from made("good")
        raise ZeroDivisionError("in a template")

    with pytest.raises(RuntimeError, match=r"(?s)in broken.*ZeroDivisionError: in a template"), Crew([broken]) as crew:
        list(crew.files(rest=True))
    assert nobody_is_left()


def test_a_process_that_the_system_ends_is_told_of():
    def killed() -> Iterator[File]:
        yield from made("good")
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(HandLost, match="--jobs 1"), Crew([killed, lambda: made("other")]) as crew:
        list(crew.files(rest=True))
    assert nobody_is_left()


def test_no_process_outlives_a_crew_that_is_left_early():
    def endless() -> Iterator[File]:
        while True:
            yield from made("more")

    with pytest.raises(KeyboardInterrupt), Crew([endless, endless]) as crew:
        next(crew.files(rest=True))
        raise KeyboardInterrupt
    assert nobody_is_left()


def test_a_crew_of_which_a_part_cannot_begin_leaves_none_behind():
    def shares() -> Iterator[Share]:
        yield lambda: made("a")
        raise BlockingIOError("no more processes")

    with pytest.raises(BlockingIOError), Crew(shares()):
        pass
    assert nobody_is_left()


def test_a_search_for_cycles_finds_here_what_was_made_before_a_crew():
    frozen = gc.get_freeze_count()
    with Crew([lambda: made("a")]) as crew:
        list(crew.files(rest=True))
    assert gc.get_freeze_count() == frozen


def test_there_are_as_many_hands_as_processors_that_this_process_may_use():
    allowed = os.sched_getaffinity(0)
    try:
        os.sched_setaffinity(0, {min(allowed)})
        assert hands() == 1
    finally:
        os.sched_setaffinity(0, allowed)
    assert hands() == len(allowed)


@pytest.mark.parametrize("whole", [True, False])
def test_a_crew_makes_the_files_that_one_process_makes(toy, english, monkeypatch, whole):
    def renderer() -> Renderer:
        return Renderer(toy.ontology, toy.store, english, FACTS_URL, base_url="https://example.org/")

    alone, shared = renderer(), renderer()
    expected = dict(alone.all(whole=whole))
    monkeypatch.setattr(censorkb.site.pages, "WORTH_IT", 0)
    files = list(shared.all(whole=whole, hands=3))
    assert len(dict(files)) == len(files)
    assert dict(files) == expected
    assert (shared.met, shared.questions.shown) == (alone.met, alone.questions.shown)
    assert nobody_is_left()


def test_few_pages_are_not_worth_a_crew(toy, english, monkeypatch):
    monkeypatch.setattr(censorkb.site.pages, "WORTH_IT", 100_000)
    monkeypatch.setattr(censorkb.site.crew, "Crew", None)
    made = Renderer(toy.ontology, toy.store, english, FACTS_URL)
    assert "en/index.html" in dict(made.all(hands=3))
