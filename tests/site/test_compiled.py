"""Compiled templates are kept from run to run, and never believed when something has changed or broken."""

from __future__ import annotations

from pathlib import Path
from types import CodeType

import pytest
from jinja2 import DictLoader

from censorkb.site.catalogue import Words
from censorkb.site.compiled import Compiled
from censorkb.site.compiler import Compiling


class Counting(Compiling):
    """Counts what it compiles."""

    compiled = 0

    def _compile(self, source: str, filename: str) -> object:  # type: ignore[override]
        type(self).compiled += 1
        return super()._compile(source, filename)


def shown(folder: Path | None, template: str = "{{ 6 * 7 }}{{ word }}", words: str = "") -> tuple[str, int]:
    """What a template shows in a new run in one language after the other, and how many templates the run had to compile."""
    Counting.compiled = 0
    known: dict[tuple[str, str], CodeType] = {}
    texts = []
    for said in words.split() or [""]:
        made = Counting(
            loader=DictLoader({"a.html": template}), bytecode_cache=Compiled(known, folder), autoescape=True
        )
        made.settled = {"t": Words({"said": said})}
        texts.append(made.get_template("a.html").render(word="<"))
    return " ".join(texts), Counting.compiled


def test_a_template_is_compiled_once(tmp_path: Path) -> None:
    assert shown(tmp_path / "new") == ("42&lt;", 1)
    assert shown(tmp_path / "new") == ("42&lt;", 0)


@pytest.mark.parametrize("kept", [True, False])
def test_a_template_is_compiled_once_for_all_languages(tmp_path: Path, kept: bool) -> None:
    template = "<{{ t.said }}>{% if word == t.said %}{{ t.said ~ '!' }}{% endif %}"
    assert shown(tmp_path if kept else None, template, "yes да <") == ("<yes> <да> <&lt;>&lt;!", 1)
    assert shown(None, "{% if t.said %}something{% else %}nothing{% endif %}") == ("nothing", 1)
    assert shown(tmp_path if kept else None, template, "non") == ("<non>", int(not kept))


def test_what_has_changed_is_compiled_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown(tmp_path)
    assert shown(tmp_path, template="{{ 6 * 8 }}{{ word }}") == ("48&lt;", 1)
    monkeypatch.setattr("censorkb.site.compiled.versions", lambda _: ["another"])
    assert shown(tmp_path, template="{{ 6 * 8 }}{{ word }}") == ("48&lt;", 1)


@pytest.mark.parametrize(
    "damage", [lambda b: b[:-1], lambda b: b[:40], lambda _: b"", lambda b: b[:50] + b"\0" + b[51:]]
)
def test_what_is_damaged_is_compiled_again(tmp_path: Path, damage) -> None:  # type: ignore[no-untyped-def]
    shown(tmp_path)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(damage(kept.read_bytes()))
    assert shown(tmp_path) == ("42&lt;", 1)
    assert shown(tmp_path) == ("42&lt;", 0)


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert shown(tmp_path / "file" / "folder") == ("42&lt;", 1)
