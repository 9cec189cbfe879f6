"""What we cost as a share of what others cost, in the same process and in turn: a smaller form of `bench/run`.

Each bound is about one and a half times what was measured, so that noise passes and a doubling of our cost does not.
Lower a bound when our cost has fallen; raise one only with a reason.
"""

from __future__ import annotations

import gc
import math
import statistics
from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path

import jinja2
import pytest
import yaml

from censorkb.check.checker import check
from censorkb.check.compiler import compile_shapes
from censorkb.check.data_graph import DataGraph
from censorkb.check.referee import judge
from censorkb.check.setwise import run
from censorkb.facts.document import Folder
from censorkb.graph.derive import derive
from censorkb.graph.knowledge import Knowledge
from censorkb.graph.rule import read_all
from censorkb.graph.store import open_store
from censorkb.ontology.ontology import Ontology
from censorkb.problem import nearest
from censorkb.root import Root
from censorkb.site.pages import Renderer

CHECK, READING, RULES, NEAREST, SITE = 1 / 16, 0.45, 1.5, 1 / 500, 9.0
LEAST = 0.25  # seconds of work in a round
pytestmark = pytest.mark.slow


def share(ours: Callable[[], object], theirs: Callable[[], object], rounds: int = 5) -> float:
    """Our CPU as a share of the other's: the median of some rounds, each side repeated until noise is small."""
    from bench.clock import Clock
    from bench.cost import Cost
    from bench.race import middle, race

    def seconds(work: Callable[[], object], times: int) -> float:
        gc.collect()
        clock = Clock()
        with clock.running():
            for _ in range(times):
                work()
        return clock.seconds / times

    def runner(work: Callable[[], object]) -> Callable[[], Cost]:
        work()  # what is done once only is no cost
        times = math.ceil(LEAST / seconds(work, 1))
        return lambda: Cost(seconds(work, times), 0)

    ran = race("", runner(ours), {"other": runner(theirs)}, rounds)["other"]
    found = statistics.median(ran.shares)
    print(f"ours {middle(ran.ours):.4f} s, other {middle(ran.theirs):.4f} s, share {found:.4f}")
    return found


def test_the_engine_keeps_its_distance_from_pyshacl(broken: Path) -> None:
    knowledge = Knowledge.read(Root(broken))
    vocabulary = knowledge.ontology.vocabulary
    store = open_store(knowledge.ontology, knowledge.lines())
    constraints = compile_shapes(vocabulary)

    def ours() -> object:
        return run(constraints, DataGraph(store, vocabulary.prefixes))

    assert ours() == judge(vocabulary, store)
    assert share(ours, lambda: judge(vocabulary, store)) < CHECK


def test_reading_keeps_its_distance_from_pyyaml(clean: Path) -> None:
    root = Root(clean)
    kinds = list(Ontology(root.ontology).forms.by_folder)
    paths = sorted(root.facts.rglob("*.yaml"))

    def ours() -> object:
        return sum(node is not None for _, node in Folder(root, kinds))

    def theirs() -> object:
        loader = yaml.CSafeLoader
        return sum(yaml.load(path.read_text("utf-8"), loader) is not None for path in paths)

    assert share(ours, theirs) < READING


def test_the_rules_keep_their_distance_from_loading_what_they_look_at(clean: Path) -> None:
    knowledge = Knowledge.read(Root(clean))
    ontology, lines = knowledge.ontology, list(knowledge.lines())
    store = open_store(ontology, lines)
    derive(ontology, store)
    rules = read_all(ontology)
    assert share(lambda: [rule.lines(store) for rule in rules], lambda: open_store(ontology, lines)) < RULES


def test_a_wrong_id_is_looked_up_among_many_far_faster_than_by_difflib() -> None:
    known = [f"2026-{n % 12 + 1:02}-{n % 28 + 1:02}-medium-{n % 97}-story-{n}.claim-{n % 10}" for n in range(5_000)]
    word = "2026-03-03-meduim-8-story-2942.claim-2"

    def theirs() -> list[str]:
        return get_close_matches(word, known, 3, 0.6)

    assert nearest(word, known)[0] == "2026-03-03-medium-32-story-2942.claim-2"
    assert share(lambda: nearest(word, known), theirs) < NEAREST


# A page as plain as can be: a base would be the same for all, so a title, and rows with a link and a text.
PLAIN = """<!DOCTYPE html>
<title>{{ title }}</title>
<h1>{{ title }}</h1>
<dl>
{%- for row in rows %}
<dt>{{ row.key }}</dt><dd><a href="../{{ row.link }}.html">{{ row.label }}</a> <span class="src">{{ row.text }}</span></dd>
{%- endfor %}
</dl>
"""
ROW = {"key": "Whose word it is", "link": "actor/medium-8", "label": "Medium 8 of country 4", "text": "a word " * 21}


def test_rendering_keeps_its_distance_from_plain_templates(clean: Path) -> None:
    root = Root(clean)
    checked = check(Knowledge.read(root))
    ontology, store = checked.knowledge.ontology, checked.store
    derive(ontology, store)
    plain = jinja2.Environment(autoescape=True).from_string(PLAIN)
    row = len(plain.render(title="", rows=[ROW])) - len(plain.render(title="", rows=[]))
    sizes: dict[str, int] = {}

    def ours() -> object:
        sizes.update((name, len(content)) for name, content in Renderer(ontology, store, root.templates, "").all())
        return sizes

    def theirs() -> object:
        return [plain.render(title=name, rows=[ROW] * (size // row)).encode() for name, size in sizes.items()]

    assert share(ours, theirs) < SITE
