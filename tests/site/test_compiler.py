"""Templates are compiled to something faster that shows the same as Jinja does."""

from __future__ import annotations

import re
from pathlib import Path
from types import CodeType

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, Template, TemplateAssertionError, UndefinedError, nodes
from jinja2.compiler import CodeGenerator
from markupsafe import Markup
from toysite import TOY, rendered

from censorkb.root import Root
from censorkb.site.catalogue import Words
from censorkb.site.compiler import Compiling
from censorkb.site.wording import worded

DATA = re.compile(rb'<script type="application/ld\+json">.*?</script>', re.DOTALL)
HOSTILE = "<b onload=\"alert('1')\">&amp;"


class Shelf:
    """Something with attributes."""

    label = HOSTILE
    markup = Markup("<i>")
    items = "its own"
    number, share, nothing = 7, 0.5, None

    def __str__(self) -> str:
        return HOSTILE


def compiling(settled: dict[str, object] | None = None) -> Compiling:
    made = Compiling(autoescape=True, undefined=StrictUndefined)
    made.settled = settled or {}
    return made


@pytest.mark.slow
def test_the_site_is_the_same_as_with_jinja_s_own_compiler(
    toy_site: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Compiling, "code_generator_class", CodeGenerator)
    monkeypatch.setattr(Compiling, "template_class", Template)
    monkeypatch.setattr(Compiling, "_generate", Environment._generate)
    monkeypatch.setattr(Compiling, "make_globals", Environment.make_globals)
    pages = markup(rendered(TOY))
    assert len(pages) > 500
    assert [name for name, page in markup(toy_site).items() if page != pages[name]] == []


def markup(site: dict[str, bytes]) -> dict[str, bytes]:
    """The pages without the blocks of data in them, whose templates Jinja knows only how to escape as markup."""
    return {name: DATA.sub(b"", content) for name, content in site.items() if name.endswith(".html")}


@pytest.mark.parametrize(
    "template",
    [
        "{{ shelf.label }} {{ shelf.label }} {{ shelf.markup }} {{ shelf }}",
        "{{ shelf.number }} {{ shelf.share }} {{ shelf.nothing }} {{ [1, '<'] }} {{ '<' }} {{ '<'|safe }} {{ shelf.items }}",
        "{% macro m(x, y='<') %}<p>{{ x }}{{ y }}</p>{% endmacro %}{{ m(shelf.label) }}{{ m(m('<'), y='>') }}",
        "{% macro m() %}{{ caller('<') }}{% endmacro %}{% call(x) m() %}<u>{{ x }}</u>{% endcall %}",
        "{% set text %}<p>{{ shelf.label }}</p>{% endset %}{{ text }}{{ text ~ shelf.label }}{{ shelf.label[0] }}",
        "{% for one in [shelf.label, shelf.markup] %}{{ loop.index }}{{ one }}{% endfor %}{{ {'class': '<'}['class'] }}",
        "{{ shelf.label ~ '<' }}{{ shelf.markup ~ '<' }}{{ shelf.number ~ shelf.label ~ none }}{{ '<' ~ shelf.number }}",
        "{{ shelf.label == shelf.markup }}{{ '<i>' }}{{ shelf.markup }}{{ '<i>' }}",
    ],
)
def test_everything_is_escaped_as_jinja_does_it(template: str) -> None:
    plain = Environment(autoescape=True, undefined=StrictUndefined)
    assert compiling().from_string(template).render(shelf=Shelf()) == plain.from_string(template).render(shelf=Shelf())


@pytest.mark.parametrize(
    "template",
    [
        "{% extends 'base' %}{% set own = '<own>' %}{% block title %}{{ shelf.label }}{{ own }}{{ super() }}{% endblock %}",
        "{% extends 'base' %}lost{% block each %}{{ one }}{{ shelf.markup }}{% endblock %}",
        "{% import 'shown' as shown with context %}{% set own = 1 %}{{ shown.say(2) }}{{ shown.say(3, '>') }}",
        "{% if shelf.number > 7 %}{% set own = 1 %}{% endif %}{{ own is defined }}{% include 'shown' %}",
        "{% block title %}{% if shelf %}{% set other = 2 %}{% endif %}{{ other }}{{ shelf is defined }}{% endblock %}",
    ],
)
def test_templates_extend_and_import_others_as_with_jinja(template: str) -> None:
    loader = DictLoader(
        {
            "base": "<{% block title %}none{% endblock %}{% for one in '<>' %}{% block each scoped %}{{ one }}{% endblock %}{% endfor %}",
            "shown": "{% macro say(x, sign='<') %}{{ shelf.label }}{{ x }}{{ sign }}{% endmacro %}{% set own = 5 %}{{ own }}{{ say(0) }}",
        }
    )
    plain, own = Environment(autoescape=True, undefined=StrictUndefined, loader=loader), compiling()
    own.loader = loader
    assert own.from_string(template).render(shelf=Shelf()) == plain.from_string(template).render(shelf=Shelf())


def test_an_argument_without_a_default_is_told_by_its_place() -> None:
    macro = "{% macro m(x) %}{{ x }}{% endmacro %}"
    assert compiling().from_string(macro + "{{ m(1) }}").render() == "1"
    for call in ("m()", "m(x=1)", "m(1, 2)"):
        with pytest.raises(TypeError):
            compiling().from_string(macro + "{{ " + call + " }}").render()


def test_a_page_does_not_learn_what_another_has_set() -> None:
    template = compiling().from_string("{{ own is defined }}{% set own = 1 %}{{ own }}", globals={"shared": 1})
    assert [template.render(), template.render()] == ["False1", "False1"]
    assert template.globals["shared"] == 1
    assert "own" not in template.globals


def test_markup_and_a_text_of_the_same_letters_are_not_mixed_up() -> None:
    template = compiling().from_string("{{ text }}{{ markup }}{{ text }}")
    assert template.render(text="<i>", markup=Markup("<i>")) == "&lt;i&gt;<i>&lt;i&gt;"
    assert template.render(text=1, markup=1.0) == "11.01"


@pytest.mark.parametrize("template", ["{{ missing }}", "{{ missing.label }}", "{% for x in missing %}{% endfor %}"])
def test_what_is_undefined_stops_the_rendering(template: str) -> None:
    with pytest.raises(UndefinedError):
        compiling().from_string(template).render()


def test_an_attribute_that_is_not_there_stops_the_rendering() -> None:
    with pytest.raises(AttributeError):
        compiling().from_string("{{ shelf.lable }}").render(shelf=Shelf())


def test_settled_words_are_escaped_and_part_of_the_text_around_them() -> None:
    settled = {"t": Words({"nav": {"claims": "<Claims> & more"}, "items": "Items", "list": {"about-x": "x"}})}
    source = "<p>{{ t.nav.claims }} {{ t.items }} {{ t.list['about-x'] }}</p>{{ t.nav.claims|lower }}"
    made = compiling(settled)
    assert made.from_string(source).render() == "<p>&lt;Claims&gt; &amp; more Items x</p>&lt;claims&gt; &amp; more"
    assert "<p>&lt;Claims&gt; &amp; more Items x</p>" in constants(worded(made.compile(source), settled))


def constants(code: CodeType) -> list[object]:
    inner = [constants(one) for one in code.co_consts if isinstance(one, CodeType)]
    return [*code.co_consts, *(one for several in inner for one in several)]


def test_what_is_only_known_later_is_looked_up_among_the_words_then() -> None:
    words = Words({"nav": {"claims": "Claims"}})
    made = compiling({"t": words})
    made.globals["t"] = words
    template = made.from_string("{{ t.nav[which]|default('-') }}")
    assert template.render(which="claims") == "Claims"
    assert template.render(which="none") == "-"


def test_a_word_that_the_catalogue_lacks_is_found_while_compiling() -> None:
    words = Words({"nav": {}})
    with pytest.raises(TemplateAssertionError, match="'claims'") as caught:
        compiling({"t": words}).compile("<p>\n{% if 0 %}{{ t.nav.claims }}{% endif %}", "nav.html")
    assert (caught.value.name, caught.value.lineno) == ("nav.html", 2)


def test_a_word_that_another_catalogue_lacks_is_found_when_a_template_is_loaded() -> None:
    code = compiling({"t": Words({"nav": {"claims": "Claims"}})}).compile(
        "\n{{ t.nav.claims }}", "nav.html", "nav.html"
    )
    with pytest.raises(TemplateAssertionError, match="'claims'") as caught:
        worded(code, {"t": Words({"nav": {}})})
    assert (caught.value.filename, caught.value.lineno) == ("nav.html", 2)


def test_no_template_gives_the_name_of_the_words_to_something_else() -> None:
    templates = Root(Path(__file__).resolve().parents[2]).templates
    for path in sorted(templates.rglob("*.html")):
        parsed = Environment().parse(path.read_text("utf-8"))
        stored = {name.name for name in parsed.find_all(nodes.Name) if name.ctx in ("store", "param")}
        assert not stored & {"t", "language"}, path.name
