"""Issue forms: what a reader filled in on GitHub, to the skeleton of a fact file.

The body of an issue is a stranger's Markdown: a heading for each question, then the answer. Only the questions that are
asked are read, answers are short and become quoted text, and what can't be read is left for the one who finishes the file.
"""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

from censorkb.desk.sentence import plain
from censorkb.facts.document import LONGEST_ID
from censorkb.facts.text import HIDDEN
from censorkb.graph.edtf import WrongDate, parse
from censorkb.graph.web import is_public
from censorkb.problem import Refusal, listed

MOST_CHARACTERS = 65_536  # GitHub's own limit
MOST_LINES, TOPIC_WORDS = 20, 4
_EMPTY = ("", "_No response_")


class WrongForm(Refusal, ValueError):
    """The body is not that of a filled form; the text is a sentence for whoever gave it."""


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The beginning of a fact file, or of a correction in one.

    Args:
        path: where the file belongs, from the knowledge base; empty if the lines belong into a file that exists.
        text: YAML.
    """

    path: str
    text: str


def skeleton(body: str) -> Skeleton:
    """Turn a filled form into a skeleton.

    Args:
        body: the body of the issue as GitHub keeps it.

    Raises:
        WrongForm: it is none of the forms, or an answer without which there is no file is missing.
    """
    if len(body) > MOST_CHARACTERS:
        raise WrongForm("long-issue", most=MOST_CHARACTERS)
    said = dict(_sections(body))
    for name in ("source", "wrong"):
        questions = _forms()[name]
        if set(questions.values()) <= said.keys():
            answers = {key: said[question] for key, question in questions.items()}
            return _source(answers) if name == "source" else _wrong(answers)
    known = listed(_forms()["source"].values())
    raise WrongForm("no-form", known=known)


def _sections(body: str) -> Iterator[tuple[str, str]]:
    """Questions and answers; the first of a question counts, so that an answer can't bring its own."""
    seen: set[str] = set()
    asked = {question for form in ("source", "wrong") for question in _forms()[form].values()}
    parts = re.split(r"^### (.+)$", body.replace("\r\n", "\n"), flags=re.MULTILINE)
    for question, answer in zip(parts[1::2], parts[2::2], strict=True):
        if question.strip() in asked - seen:
            seen.add(question.strip())
            found = HIDDEN.sub(" ", answer).strip()
            yield question.strip(), "" if found in _EMPTY else found


def _source(answers: dict[str, str]) -> Skeleton:
    date, publisher, title = _date(answers["published"]), slug(answers["publisher"]), plain(answers["title"])
    if not publisher or not title:
        raise WrongForm("form-source")
    words = _forms()["words"]
    topic = "-".join(slug(title).split("-")[:TOPIC_WORDS]) or "untitled"
    language = answers["language"] if re.fullmatch(r"[a-z]{2,3}", answers["language"]) else "und"
    lines = [
        f"title: {quoted(title)}",
        f"publisher: {publisher}  # {words['publisher'].format(publisher=plain(answers['publisher']))}",
        f"language: {language}",
        *([f"published: {date}"] if date else []),
        "status: candidate",
        "copies:",
        "  page:",
        "    kind: original",
        f"    host: {publisher}",
        f"    language: {language}",
    ]
    lines += [f"    url: {quoted(answers['url'])}"] if _is_address(answers["url"]) else []
    lines += [f"# {words['claims']}", *_claims(answers, words)]
    year = date[:4] or "undated"
    name = "-".join(filter(None, (date, publisher, topic)))[:LONGEST_ID].strip("-")
    return Skeleton(f"facts/sources/{year}/{name}.yaml", "\n".join(lines) + "\n")


def _claims(answers: dict[str, str], words: dict[str, str]) -> Iterator[str]:
    quotes = answers["quotes"].splitlines()
    for number, says in enumerate(answers["says"].splitlines()[:MOST_LINES]):
        yield "# " + words["says"].format(says=plain(says))
        if number < len(quotes) and quotes[number].strip():
            yield "# " + words["quote"].format(quote=plain(quotes[number]))


def _wrong(answers: dict[str, str]) -> Skeleton:
    what, says, quote = (plain(answers[key]) for key in ("what", "source-says", "quote"))
    if not what or not says:
        raise WrongForm("form-wrong")
    lines = [
        f"# {_forms()['words']['where'].format(what=what)}",
        "  status: retracted",
        f"  status-note: {quoted(says)}",
    ]
    lines += [f"  # {_forms()['words']['quote'].format(quote=quote)}"] if quote else []
    lines += [f"  # {answers['url']}"] if _is_address(answers["url"]) else []
    return Skeleton("", "\n".join(lines) + "\n")


def _date(written: str) -> str:
    """The date, if it is one that a file name can begin with."""
    try:
        return parse(written).text if re.fullmatch(r"\d{4}(-\d\d){0,2}", written, re.ASCII) else ""
    except WrongDate:
        return ""


def _is_address(written: str) -> bool:
    return is_public(written) and plain(written) == written


def slug(text: str) -> str:
    """A text as an id: small Latin letters, digits and hyphens; accents are left out, other scripts drop."""
    ascii_ = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_).strip("-")[:LONGEST_ID].strip("-")


def quoted(text: str) -> str:
    """A text as YAML takes it for nothing else (YAML 1.2.2, section 7.3.2)."""
    return "'" + plain(text).replace("'", "''") + "'"


@functools.cache
def _forms() -> dict[str, dict[str, str]]:
    return tomllib.loads(resources.files("censorkb.desk").joinpath("issue_forms.toml").read_text("utf-8"))
