"""What each language says in its own words is one text, until each language takes its own from it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from censorkb.site.formats import json_value
from censorkb.site.tongues import Differs, Each, Order, Tongues, Unfit, fit

WORDS = st.text(st.characters(exclude_categories=["Cs", "Co"]))
SAID = st.lists(st.tuples(WORDS, WORDS, WORDS), max_size=8)


@pytest.fixture
def tongues() -> Tongues:
    return Tongues(2)


@given(SAID, WORDS)
def test_each_language_takes_its_own_words_out_of_a_text(all_said: list[tuple[str, str, str]], between: str) -> None:
    tongues = Tongues(3)
    text = between.join(["", *(tongues.each(said) for said in all_said), ""])
    own = [between.join(["", *(said[n] for said in all_said), ""]) for n in range(3)]
    assert list(tongues.of(text)) == own


@given(SAID)
def test_words_are_written_for_a_format_as_each_language_would_write_them(all_said: list[tuple[str, str, str]]) -> None:
    tongues = Tongues(3)
    write, write_text = tongues.writing(json_value)
    for said in all_said:
        text = f"<{''.join(said)}>" + tongues.each(said)
        expected = [json_value(f"<{''.join(said)}>{own}") for own in said]
        assert list(tongues.of(write(text))) == list(tongues.of(write_text(text))) == expected
    assert write(7) == "7"


def test_what_all_languages_say_alike_is_a_plain_text(tongues: Tongues) -> None:
    assert type(tongues.each(["Blip", "Blip"])) is str


def test_the_same_words_are_the_same_text(tongues: Tongues) -> None:
    assert tongues.each(["yes", "oui"]) is tongues.each(["yes", "oui"])


def test_words_are_markup_once_they_are_escaped(tongues: Tongues) -> None:
    shown = escape(tongues.each(["<yes>", "<oui>"]))
    assert isinstance(shown, Markup)
    assert list(tongues.of(shown)) == ["&lt;yes&gt;", "&lt;oui&gt;"]


ASKED = {
    "its length": len,
    "a letter": lambda text: text[0],
    "its letters": list,
    "its capitals": lambda text: text.upper(),
    "whether it ends so": lambda text: text.endswith("."),
    "whether it has a part": lambda text: "e" in text,
    "whether it is another": lambda text: text == "yes",
    "whether it is not another": lambda text: text != "yes",
    "whether another is it": lambda text: "yes" == text,  # noqa: SIM300 - from the other side
    "whether it comes before": lambda text: text < "z",
    "another after it": lambda text: text + "!",
    "it after another": lambda text: "%s" % text,  # noqa: UP031 - as old filters do
    "a text of it": str,
    "it in a text": lambda text: f"{text}",
}


@pytest.mark.parametrize("asked", ASKED)
def test_nothing_is_told_of_words_that_depends_on_the_language(tongues: Tongues, asked: str) -> None:
    with pytest.raises(Differs):
        ASKED[asked](tongues.each(["yes", "oui"]))


def test_every_method_of_texts_is_refused(tongues: Tongues) -> None:
    words = tongues.each(["yes", "oui"])
    for name in dir(str):
        if not name.startswith("_"):
            with pytest.raises(Differs):
                getattr(words, name)()


def test_it_is_told_whether_there_are_words_if_all_languages_agree(tongues: Tongues) -> None:
    assert tongues.each(["yes", "oui"])
    with pytest.raises(Differs):
        bool(tongues.each(["yes", ""]))


def test_words_that_only_some_languages_have_can_be_shown_again_and_again(tongues: Tongues) -> None:
    for lasting in (True, False, True):
        words = tongues.each(["yes", ""], lasting=lasting)
        assert list(tongues.of(f"({words.mark})" if isinstance(words, Each) else "")) == ["(yes)", "()"]


def test_a_function_of_each_language_gets_its_own_words_and_is_asked_once(tongues: Tongues) -> None:
    asked: list[str] = []

    def in_english(name: str, number: int) -> str:
        asked.append(name)
        return f"{number} × {name}"

    counted = tongues.function([in_english, lambda name, number: f"{name}, {number}"])
    name = tongues.each(["post", "poste"])
    for _ in range(2):
        assert list(tongues.of(counted(name, 3))) == ["3 × post", "poste, 3"]
    assert asked == ["post"]


def test_markup_of_one_language_makes_the_text_of_the_other_markup(tongues: Tongues) -> None:
    found = tongues.function([lambda: Markup("<b>"), lambda: "<"])()
    assert type(found) is Markup
    assert list(tongues.of(found)) == ["<b>", "&lt;"]


def test_a_function_that_all_languages_have_alike_needs_to_know_nothing_of_them(tongues: Tongues) -> None:
    ended = tongues.alike(lambda text: text if text.endswith(".") else f"{text}.")
    assert ended("Yes") == "Yes."
    assert list(tongues.of(ended(tongues.each(["Yes.", "Oui"])))) == ["Yes.", "Oui."]


def test_what_need_not_last_is_forgotten(tongues: Tongues) -> None:
    lasting, passing = tongues.each(["yes", "oui"], lasting=True), tongues.each(["no", "non"])
    tongues.forget()
    assert list(tongues.of(f"-{lasting.mark}" if isinstance(lasting, Each) else "")) == ["-yes", "-oui"]
    assert isinstance(passing, Each)
    with pytest.raises(KeyError):
        tongues.of(f"-{passing.mark}")
    assert list(tongues.of(tongues.each(["no", "non"]))) == ["no", "non"]


def test_names_are_in_order_if_they_are_so_in_each_language() -> None:
    finland, germany = Order(["finland", "finlande"]), Order(["germany", "allemagne"])
    assert min([Order(["france", "france"]), finland], key=lambda one: one) is finland
    assert finland > "ecuador"
    assert not finland == Order(["france", "france"])  # noqa: SIM201 - what is asked is whether they are equal
    with pytest.raises(Differs):
        sorted([finland, germany])
    with pytest.raises(Differs):
        bool(finland == Order(["finland", "france"]))


def test_a_text_with_letters_of_marks_is_not_taken_for_one() -> None:
    assert fit("Блип") == "Блип"
    with pytest.raises(Unfit):
        fit("\ue100\uf000")
