"""One finding as one line, the same whichever engine found it."""

from __future__ import annotations

import re


def line(focus: str, path: str | None, value: str | None, component: str, severity: str) -> str:
    """Write a finding as a line.

    Args:
        focus: what is wrong; with or without angle brackets.
        path: its property that is wrong, if there is one.
        value: the value that is wrong as N-Triples has it, if there is one.
        component: kind of constraint, as SHACL calls it or in kebab-case.
        severity: as SHACL calls it.
    """
    focus, path, value = focus.strip("<>"), (path or "").strip("<>"), value or ""
    kind = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", _local(component).removesuffix("ConstraintComponent")).lower()
    if kind == "sparql" and value == f"<{focus}>":
        value = ""  # SHACL reports the thing itself where a constraint in SPARQL binds no value
    return "\t".join((focus, path, value, kind, _local(severity)))


def _local(name: str) -> str:
    return name.strip("<>").rpartition("#")[2]
