"""Formats: how a value is written in a file of each kind, so that no text of the facts can be taken for anything else.

A template is escaped by its own ending: `feed.atom` as XML, `measures.csv` as fields of a table. What a macro of such a
template gives is in its format already; macros of a `.txt` give plain text, which is escaped where it is put.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from jinja2 import Undefined
from markupsafe import Markup, escape

from censorkb.query.table import guarded
from censorkb.site.value import DateText, Text

_NUMBERS = (int, float)  # and truth values; to write `int | float` makes a new type each time
LONGEST = 75  # bytes of a line of iCalendar without its end (RFC 5545, section 3.1)
# What XML 1.0 can't hold (section 2.2), and what moves a cursor in any text; line feeds and tabs are told apart.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_TEX = re.compile(r"[\\{}$&#_%^~<>]")
# BibTeX counts braces, whatever stands before them.
_TEX_WORDS = {
    "\\": "backslash",
    "{": "braceleft",
    "}": "braceright",
    "^": "asciicircum",
    "~": "asciitilde",
    "<": "less",
    ">": "greater",
}
_UNFIT = "<>&\u2028\u2029"
_UNFIT_FOR_SCRIPTS = re.compile(f"[{_UNFIT}]")
_IN_SCRIPTS = {ord(sign): f"\\u{ord(sign):04x}" for sign in _UNFIT}
_as_json = json.JSONEncoder(ensure_ascii=False).encode  # `json.dumps` makes an encoder for each value


def text(value: object) -> str:
    """A value as plain text: nothing of None, a day as ISO 8601 has it; TypeError if it is none that has a text."""
    if isinstance(value, str):
        return str(value)
    if value is None or type(value) is Undefined:  # an `if` without an `else`; what is not there stops the rendering
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, DateText):
        return value.text
    if isinstance(value, int | float | Text | dt.date):
        return str(value)
    raise TypeError(f"{value!r} has no text; name a part of it")


def xml(value: object) -> str:
    """Character data or the value of an attribute (XML 1.0, section 2.4)."""
    return str(escape(_CONTROLS.sub("\ufffd", text(value))))


def json_value(value: object) -> str:
    """A value of JSON that can stand in a data block of HTML: numbers and truth values bare, None as null."""
    bare = value is None or isinstance(value, _NUMBERS)
    written = _as_json(value if bare else text(value))
    return written.translate(_IN_SCRIPTS) if _UNFIT_FOR_SCRIPTS.search(written) else written


def csv_field(value: object) -> str:
    """A field of a table (RFC 4180), with an apostrophe before what a spreadsheet would take for a formula."""
    field = text(value) if isinstance(value, _NUMBERS) else guarded(text(value))
    return '"' + field.replace('"', '""') + '"' if re.search(r'[",\n]', field) else field


def ics_text(value: object) -> str:
    """A text of iCalendar (RFC 5545, section 3.3.11); a day as a date (section 3.3.4)."""
    if isinstance(value, dt.date):
        return value.strftime("%Y%m%d")
    plain = _CONTROLS.sub("", text(value)).replace("\r", "")
    return re.sub(r"([\\;,])", r"\\\1", plain).replace("\n", "\\n")


def one_line(value: object) -> str:
    """A text on one line, as RIS wants it."""
    return " ".join(_CONTROLS.sub(" ", text(value)).split())


def tex(value: object) -> str:
    """A text in braces of BibTeX."""
    return _TEX.sub(lambda hit: _tex_sign(hit[0]), one_line(value))


def _tex_sign(sign: str) -> str:
    return f"\\text{_TEX_WORDS[sign]}{{}}" if sign in _TEX_WORDS else f"\\{sign}"


def verbatim(address: str) -> Markup:
    """A web address that stands as it is in a field of BibTeX, with what would end the field percent-encoded."""
    return Markup(quote(address, safe="%/:=&?~#+!$,;'@()*[]"))  # noqa: S704 - nothing that is markup is left


def as_html(value: object) -> str:
    """Plain text that a program takes for HTML, though the file that it stands in is none."""
    return str(escape(text(value)))


def iri(address: str) -> Markup:
    """A name of Turtle in its signs, with what can't stand between them percent-encoded."""
    return Markup(f"<{verbatim(address)}>")  # noqa: S704 - the same


def folded(content: str) -> bytes:
    """The lines of a calendar, none longer than RFC 5545 allows (section 3.1), none cut within a letter."""
    lines = []
    for line in content.splitlines():
        part, size = "", 0
        for sign in line:
            width = len(sign.encode())
            if size + width > LONGEST:
                lines.append(part)
                part, size = " ", 1
            part, size = part + sign, size + width
        lines += [part] if part else []
    return "".join(f"{line}\r\n" for line in lines).encode()


def _html(content: str) -> bytes:
    return content.encode()


def _lines(content: str) -> bytes:
    return (content.strip("\n") + "\n").encode()


def _crlf(content: str) -> bytes:
    return _lines(content).replace(b"\n", b"\r\n")


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file.

    Args:
        media: its media type.
        write: how a value stands in it.
        whole: the bytes of a file, of its text.
    """

    media: str
    write: Callable[[object], str] = text
    whole: Callable[[str], bytes] = _lines


PLAIN = "txt"
HTML = Format("text/html", text, _html)  # templates with any other ending are escaped as HTML, by the compiler
FORMATS = {
    PLAIN: Format("text/plain"),
    "atom": Format("application/atom+xml", xml),
    "xml": Format("application/xml", xml),
    "svg": Format("image/svg+xml", xml),
    "json": Format("application/json", json_value),
    "webmanifest": Format("application/manifest+json", json_value),
    "jsonld": Format("application/ld+json", json_value),
    "js": Format("text/javascript", json_value),
    "ttl": Format("text/turtle", json_value),  # it writes its strings like JSON (Turtle 1.1, section 6.4)
    "csv": Format("text/csv", csv_field),
    "ics": Format("text/calendar", ics_text, folded),
    "ris": Format("application/x-research-info-systems", one_line, _crlf),
    "bib": Format("application/x-bibtex", tex),
}


def ending(name: str) -> str:
    """The ending of a file's name, without the stop."""
    return name.rpartition(".")[2]


def format_of(name: str) -> Format:
    """The format of a file or template by its ending; HTML if it is none of the others."""
    return FORMATS.get(ending(name), HTML)
