"""Check a graph with an engine that is not ours. usage: shacl (pyshacl|purrdf|shacl|...) GRAPH

From N-Triples and Turtle on the disk to findings; the whole process counts. Each engine is called as its own
documentation calls it where speed matters.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bench.clock import digest, tell
from bench.programs.findings import line

Findings = Iterable[str]


def pyshacl(graph: Path, module: str = "pyshacl") -> Findings:
    """The referee, as a user would call it; pyshacl-turbo is called in the same way."""
    _, report, _ = importlib.import_module(module).validate(
        str(graph / "data.nt"),
        shacl_graph=str(graph / "shapes.ttl"),
        data_graph_format="nt",
        shacl_graph_format="turtle",
    )
    return _reported(report)


def pyshacl_turbo(graph: Path) -> Findings:
    """The Rust engine with pySHACL's interface."""
    return pyshacl(graph, "pyshacl_turbo")


def pyshifty(graph: Path) -> Findings:
    """Shifty in its W3C mode."""
    _, report, _ = importlib.import_module("shifty").validate(graph / "data.nt", graph / "shapes.ttl")
    return _reported(report)


def purrdf(graph: Path) -> Findings:
    """PurRDF."""
    shapes = importlib.import_module("purrdf").shacl.Shapes((graph / "shapes.ttl").read_text("utf-8"))
    results = shapes.validate_nt((graph / "data.nt").read_text("utf-8")).results
    return (line(r["focus"], r["path"], r["value"], r["component"], r["severity"]) for r in results)


def shacl(graph: Path) -> Findings:
    """The engine that is called just `shacl`."""
    shapes = importlib.import_module("shacl").Shapes.from_file(str(graph / "shapes.ttl"))
    results = shapes.validate_file(str(graph / "data.nt")).results
    return (line(r.focus_node, r.path, r.value, r.component, r.severity) for r in results)


def shacl_rust(graph: Path) -> Findings:
    """shacl-rust with its index, which is faster on large graphs."""
    report = importlib.import_module("shacl_rust").validate(
        (graph / "data.nt").read_text("utf-8"),
        (graph / "shapes.ttl").read_text("utf-8"),
        data_format="nt",
        shapes_format="turtle",
        experimental_index=True,
    )
    for r in report["results"]:
        component, severity = r["sourceConstraintComponent"], r["severity"]
        yield line(r["focusNode"], r.get("resultPath"), r.get("value"), component, severity)


def _reported(report: Any) -> Findings:
    """What a report says, if it is a graph of rdflib's."""
    sh = importlib.import_module("rdflib").SH
    for result in report.objects(None, sh.result):
        value, path = report.value(result, sh.value), report.value(result, sh.resultPath)
        yield line(
            str(report.value(result, sh.focusNode)),
            str(path or ""),
            value.n3() if value is not None else "",
            str(report.value(result, sh.sourceConstraintComponent)),
            str(report.value(result, sh.resultSeverity)),
        )


ENGINES = {"pyshacl": pyshacl, "pyshacl-turbo": pyshacl_turbo, "pyshifty": pyshifty, "purrdf": purrdf}
ENGINES |= {"shacl": shacl, "shacl-rust": shacl_rust}
tell(digest(ENGINES[sys.argv[1]](Path(sys.argv[2]))))
