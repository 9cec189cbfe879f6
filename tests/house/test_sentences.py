"""What commands say stands in the catalogue, where it can be translated: no sentence stands in Python, none is left over."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "src/censorkb"
TEMPLATES = Path(__file__).parents[2] / "site_templates/review"
PHRASES = {
    name: tomllib.loads((PACKAGE / name).read_text("utf-8"))
    for name in ("terminal.toml", "phrases.toml", "desk/sentences.toml")
}
SPEAKING = re.compile(
    r"click\.(echo|secho|style|prompt|confirm|UsageError|BadParameter|ClickException)|say|self\.say|self\._say"
    r"|OSError|CantPublish|Failure|Refused|Unreadable|EndpointFailed|WrongQuestion|WrongResults|CantDecide|CantCorrect|Exceeded"
)
STEPS = ("say", "self.say", "self._say")
# What is no word of a language: the name of the program before a failure, and keys.
NAMES = {"censorkb: ", "type"}
MODULES = {
    "query/endpoint/service.py": "what an HTTP client is answered is English, as its log is",
    "query/knowledge_base.py": "what a program in Python is told is English, as its log is",
}


def names() -> set[str]:
    """Names of phrases, and how names begin that are put together."""
    every = {name for each in PHRASES.values() for name in each}
    return every | {name[: dash.end()] for name in every for dash in re.finditer("-", name)}


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Calls that speak, with the name of what is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and SPEAKING.fullmatch(name := ast.unparse(node.func)):
            yield name, node


def words(call: ast.Call) -> Iterator[str]:
    """Text that stands in the first argument of a call; that of calls within it is their own affair."""
    waiting: list[ast.AST] = list(call.args[:1])
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif not isinstance(node, ast.Call | ast.Subscript | ast.Compare):
            waiting += [node.value] if isinstance(node, ast.FormattedValue) else ast.iter_child_nodes(node)


def test_no_sentence_of_a_command_stands_in_the_program(modules):
    known = names()
    assert [
        f"{module.name}:{call.lineno} {text}"
        for module in modules
        if module.name not in MODULES
        for _, call in calls(module.tree)
        for text in words(call)
        if re.search(r"[^\W\d_]{2,}", text) and text not in known | NAMES
    ] == []


def test_every_step_of_long_work_is_in_the_catalogue(modules):
    """A wrong name would be noticed on a terminal only."""
    known = names()
    steps = [
        (module.name, call.lineno, text)
        for module in modules
        for name, call in calls(module.tree)
        if name in STEPS
        for text in words(call)
    ]
    assert len(steps) > 20
    assert [step for step in steps if step[2] not in known] == []


def test_every_phrase_is_said_by_somebody(modules):
    texts = {text for module in modules for _, text in module.strings}
    for template in TEMPLATES.rglob("*.html"):
        texts.update(re.findall(r'"([a-z-]+)"', template.read_text("utf-8")))
    put_together = {text for text in texts if text.endswith("-") and len(text) > 1}
    put_together |= {
        str(part.value)
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.JoinedStr)
        and isinstance(part := node.values[0], ast.Constant)
        and str(part.value).endswith("-")
    }
    every = PHRASES["terminal.toml"]
    assert {name for name in every if name not in texts and not name.startswith(tuple(put_together))} == set()
