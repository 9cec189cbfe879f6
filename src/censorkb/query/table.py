"""Tables: answers as text for a terminal, a spreadsheet, a program or a page."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

import pyoxigraph as ox

from censorkb.ontology.ontology import Ontology
from censorkb.query.answer import Answer, Value
from censorkb.query.question import WrongQuestion

# Characters of Markdown and HTML that would turn a text of the facts into markup.
_MARKUP = re.compile(r"[\\`*<>\[\]|]")
_APOSTROPHE = "'"
_MOMENT, _MIDNIGHT = "xsd:dateTime", "T00:00:00Z"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def write(ontology: Ontology, answer: Answer | list[ox.Triple], form: str) -> str:
    """Write an answer in one of the formats; triples are always Turtle.

    Raises:
        WrongQuestion: rows were to be written as Turtle.
    """
    if isinstance(answer, list):
        made = ox.serialize(sorted(answer, key=str), format=ox.RdfFormat.TURTLE, prefixes=ontology.prefixes.names)
        return (made or b"").decode()
    if form == "json":
        return _json(answer)
    cells = [[cell(ontology, value) for value in row] for row in answer.rows]
    if form == "ttl":
        raise WrongQuestion("not-triples")
    if form in ("csv", "tsv"):
        return _csv(answer, cells, "\t" if form == "tsv" else ",")
    return _markdown(answer, cells) if form == "md" else _terminal(answer, cells)


def cell(ontology: Ontology, value: Value) -> str:
    """A term as a reader writes it: the id of a thing, the word of a concept, a day, a text."""
    if value is None:
        return ""
    if isinstance(value, ox.NamedNode):
        return ontology.prefixes.local(value.value)
    text = value.value
    if text.endswith(_MIDNIGHT) and isinstance(value, ox.Literal) and value.datatype == ontology.prefixes.node(_MOMENT):
        return text.removesuffix(_MIDNIGHT)
    return text


def _json(answer: Answer) -> str:
    """SPARQL 1.1 Query Results JSON Format."""

    def term(value: ox.NamedNode | ox.BlankNode | ox.Literal) -> dict[str, str]:
        if isinstance(value, ox.Literal):
            kind = {"xml:lang": value.language} if value.language else {"datatype": value.datatype.value}
            return {"type": "literal", "value": value.value, **kind}
        return {"type": "uri" if isinstance(value, ox.NamedNode) else "bnode", "value": value.value}

    rows = [{c: term(v) for c, v in zip(answer.columns, row, strict=True) if v is not None} for row in answer.rows]
    return (
        json.dumps({"head": {"vars": answer.columns}, "results": {"bindings": rows}}, ensure_ascii=False, indent=1)
        + "\n"
    )


def merged(before: str, new: str, gone: Collection[str]) -> str:
    """Put rows into a CSV table in the place of others; its rows are in the order of their first column.

    Args:
        before: a table.
        new: a table with the same columns.
        gone: first columns of the rows that no longer hold.
    """
    head, *old = _records(before)
    fresh = {_first(record): [record] for record in _records(new)[1:]}
    return "\n".join([head, *exchanged(old, fresh, {*gone, *fresh}, _first), ""])


def exchanged(
    old: Sequence[str], fresh: Mapping[str, Sequence[str]], gone: Collection[str], first: Callable[[str], str]
) -> Iterator[str]:
    """Exchange a few records among many, which are found by halving.

    Args:
        old: records in the order of their first values.
        fresh: those that come, by their first value, after what stays with the same.
        gone: first values of the old records that no longer hold.
        first: the first value of a record.
    """
    at = 0
    for value in sorted({*gone, *fresh}):
        start = bisect_left(old, value, lo=at, key=first)
        yield from old[at:start]
        at = bisect_right(old, value, lo=start, key=first)
        yield from () if value in gone else old[start:at]
        yield from fresh.get(value, ())
    yield from old[at:]


def _records(table: str) -> list[str]:
    """The records of a CSV table as they are written, a quoted line end within one."""
    records: list[str] = []
    is_open = False
    for line in table.removesuffix("\n").split("\n"):
        if is_open:
            records[-1] += f"\n{line}"
        else:
            records.append(line)
        is_open ^= line.count('"') % 2 == 1
    return records


def _first(record: str) -> str:
    """The first cell of a record."""
    return next(csv.reader([record]))[0] if record.startswith('"') else record.partition(",")[0]


def _csv(answer: Answer, cells: list[list[str]], delimiter: str) -> str:
    """RFC 4180, with an apostrophe before what a spreadsheet would take for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows([guarded(text) for text in row] for row in cells)
    return out.getvalue()


def guarded(text: str) -> str:
    """No formula, and no carriage return, which Python's writer leaves unquoted."""
    return f"{_APOSTROPHE if text.startswith(_FORMULA) else ''}{text}".replace("\r\n", "\n").replace("\r", "\n")


def _markdown(answer: Answer, cells: list[list[str]]) -> str:
    rows = [[_MARKUP.sub(r"\\\g<0>", _on_one_line(text)) for text in row] for row in cells]
    lines = [answer.columns, ["---"] * len(answer.columns), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _on_one_line(text: str) -> str:
    """No line ends, and no control characters that would move a terminal's cursor."""
    if text.isascii() and text.isprintable():  # as most are; a look at each character takes as long as a small question
        return text
    return "".join(c if unicodedata.category(c)[0] != "C" else f"\\u{ord(c):04x}" for c in " ".join(text.split("\n")))


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _terminal(answer: Answer, cells: list[list[str]]) -> str:
    rows = [list(answer.columns), *([_on_one_line(text) for text in row] for row in cells)]
    widths = [max(_width(row[i]) for row in rows) for i in range(len(answer.columns))]
    rows.insert(1, ["─" * width for width in widths])
    return "".join(
        "  ".join(t + " " * (w - _width(t)) for t, w in zip(row, widths, strict=True)).rstrip() + "\n" for row in rows
    )
