"""Uses: which kinds of pages ask which questions about the things that they show, read from the templates."""

from __future__ import annotations

from dataclasses import dataclass

from jinja2 import Environment, nodes

from censorkb.site.plan import Plan

ASKING = ("lines", "line")  # what templates call to ask


@dataclass(frozen=True, slots=True)
class _Part:
    """A template or a macro: the questions that it asks, and every name in it, which may be that of a macro."""

    asks: frozenset[str]
    names: frozenset[str]


def uses(environment: Environment, plan: Plan) -> set[tuple[str, str]]:
    """Find the pairs of a kind of page and a question of `lines` that its template or a macro in it may ask.

    Args:
        environment: where the templates are.
        plan: the kinds of pages.
    """
    parts = {name: _parse(environment, name) for name in environment.list_templates(filter_func=_is_template)}
    macros: dict[str, list[_Part]] = {}  # partials of different formats can have macros of one name
    for name, tree in parts.items():
        if not name.startswith("pages/"):
            for macro in tree.find_all(nodes.Macro):
                macros.setdefault(macro.name, []).append(_part(macro.body))
    # Whatever is shared and stands outside of macros, such as the frame of all pages, is part of each page.
    shared = [_part([node]) for name, tree in parts.items() if "/" not in name for node in tree.body]
    found = set()
    for kind in plan.kinds:
        reached, queue = set[str](), [_part(parts[f"pages/{kind.template}"].body), *shared]
        while queue:
            part = queue.pop()
            found |= {(kind.name, question) for question in part.asks}
            new = part.names & macros.keys() - reached
            reached |= new
            queue += [part for name in new for part in macros[name]]
    return found


def _is_template(name: str) -> bool:
    return name.startswith(("pages/", "partials/")) or ("/" not in name and name.endswith(".html"))


def _parse(environment: Environment, name: str) -> nodes.Template:
    assert environment.loader is not None
    return environment.parse(environment.loader.get_source(environment, name)[0], name)


def _part(body: list[nodes.Node]) -> _Part:
    asks, names = set(), set()
    for node in body:
        for found in (node, *node.find_all((nodes.Call, nodes.Name, nodes.Getattr))):
            if isinstance(found, nodes.Name):
                names.add(found.name)
            elif isinstance(found, nodes.Getattr):
                names.add(found.attr)
            elif isinstance(found, nodes.Call) and isinstance(found.node, nodes.Name) and found.node.name in ASKING:
                question = found.args[0]
                assert isinstance(question, nodes.Const), f"line {found.lineno}: a question is named by a word"
                asks.add(str(question.value))
    return _Part(frozenset(asks), frozenset(names))
