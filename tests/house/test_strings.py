"""What no string of the program may hold: names of terms in full, queries, markup, machines, and words nobody knows."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from censorkb.ontology.ontology import Ontology

PROJECT = Path(__file__).parents[2]
# File and text that may stand there, and why.
ADDRESSES = {
    ("cli/build.py", "https://github.com/censorkb/censorkb/blob/main/"): "the default of --facts-url, shown in --help",
    (
        "cli/new.py",
        "censorkb new source https://example.org/a --title 'Blip blocked' --publisher reuters --language en --published 2026-02-11",
    ): "an example in --help",
    ("cli/build.py", "censorkb build --release --base-url https://facts.example.org/"): "an example in --help",
    ("cli/build.py", "censorkb build --endpoint http://127.0.0.1:7878/query"): "an example in --help",
    ("cli/endpoint.py", "censorkb endpoint check http://127.0.0.1:7878/query"): "an example in --help",
    ("cli/push.py", "censorkb push --endpoint http://127.0.0.1:7878/query"): "an example in --help",
    (
        "cli/push.py",
        "censorkb push --endpoint https://sparql.example.org/sparql --store https://sparql.example.org/graphs",
    ): "an example in --help",
    ("cli/serve.py", "censorkb serve --sparql --allow-origin https://facts.example.org"): "an example in --help",
    ("cli/serve.py", "http://"): "where the service is, told to who has started it",
    (
        "cli/propose.py",
        "censorkb propose article.txt --model qwen3:8b --model-endpoint http://127.0.0.1:11434/v1",
    ): "an example in --help",
    ("cli/propose.py", "censorkb propose https://example.org/news/1 --archive page.warc.gz"): "an example in --help",
}
FOREIGN = {"xml:lang": "a key of SPARQL results in JSON"} | dict.fromkeys(
    ("og:title", "twitter:title", "og:site_name", "og:url", "og:locale", "article:published_time"),
    "what the head of a web page calls a statement about it",
)
QUERIES = {
    ("cli/query.py", "censorkb query -e 'SELECT ?s WHERE { ?s a ckb:Service } ORDER BY ?s'"): "an example in --help"
}
TAGS = "a|abbr|article|aside|b|blockquote|body|br|button|circle|code|dd|details|div|dl|dt|em|footer|form|g|h[1-6]|head|header|hr|html|i|img|input|li|line|link|main|mark|meta|nav|ol|p|path|pre|q|rect|script|section|small|span|strong|style|sub|summary|sup|svg|table|tbody|td|text|th|thead|time|title|tr|ul"
MARKUP = re.compile(rf"(?<!\?P)</?({TAGS})(\s[^<>]*)?/?>", re.IGNORECASE)
QUERY = re.compile(
    r"\b(SELECT|CONSTRUCT|ASK|DESCRIBE|INSERT|DELETE)\b.*[{?*]|\bWHERE\s*\{|\bFILTER\s*\(|\bOPTIONAL\s*\{|\bPREFIX\s+\w*:",
    re.DOTALL,
)
CURIE = re.compile(r"[a-z]+:[A-Za-z][\w-]*")


def found(modules, test, allowed=()):
    return [
        f"{m.name}:{line} {text}"
        for m in modules
        for line, text in m.strings
        if test(text) and (m.name, text) not in allowed
    ]


def test_no_web_address_stands_in_the_program(modules):
    assert found(modules, re.compile("https?://").search, ADDRESSES) == []


def test_every_exception_is_needed(modules):
    strings = {(module.name, text) for module in modules for _, text in module.strings}
    assert set(ADDRESSES) | set(QUERIES) <= strings


def test_no_query_stands_in_the_program(modules):
    assert found(modules, QUERY.search, QUERIES) == []


def test_no_markup_stands_in_the_program(modules):
    assert found(modules, MARKUP.search) == []


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return Ontology(PROJECT / "ontology")


def declared(ontology: Ontology) -> set[str]:
    vocabulary, curie = ontology.vocabulary, ontology.prefixes.curie
    names = {curie(subject.value) for subject, _, _ in (*vocabulary.terms, *vocabulary.shapes)}
    return names | {f"graph:{name}" for name in ("entities", "derived", "ontology")} | {"ckb:prefixes"}


def test_every_short_name_in_the_program_is_a_term(modules, ontology):
    known, own = declared(ontology), ontology.prefixes
    for module in modules:
        for line, text in module.strings:
            prefix = text.partition(":")[0]
            if CURIE.fullmatch(text) and prefix in own.names:
                ours = own.names[prefix].startswith(own.base)
                assert text in known or not ours, f"{module.name}:{line} {text}"
            elif CURIE.fullmatch(text):
                assert text in FOREIGN, f"{module.name}:{line} {text}: no such prefix"


def test_every_short_name_in_a_query_is_a_term(ontology):
    known, own = declared(ontology), ontology.prefixes
    folders = [PROJECT / name for name in ("ontology/rules", "ontology/questions", "src/censorkb", "site_templates")]
    for path in sorted(path for folder in folders for kind in ("*.rq", "*.sql") for path in folder.rglob(kind)):
        text = re.sub(r'"[^"]*"|<[^>]*>|#.*', "", path.read_text("utf-8"))
        for name in re.findall(r"(?<![\w?$:-])([a-z]+:[A-Za-z][\w-]*)", text):
            prefix = name.partition(":")[0]
            assert prefix in own.names, f"{path.name}: {name}"
            assert name in known or not own.names[prefix].startswith(own.base), f"{path.name}: {name}"


def test_shapes_speak_of_terms_that_exist(ontology):
    known, own = declared(ontology), ontology.prefixes
    for subject, predicate, text in ontology.vocabulary.shapes:
        if own.curie(predicate.value) == "sh:select":
            for name in re.findall(r"(?<![\w?$:-])([a-z]+:[A-Za-z][\w-]*)", re.sub(r'"[^"]*"', "", text.value)):
                assert name in known or not own.names[name.partition(":")[0]].startswith(own.base), f"{subject}: {name}"


# machines and hosts; written in pieces, so that this file does not find itself
MACHINE = re.compile(
    r"(?<![\w.*-])/("
    + "|".join(("wor" + "k", "hom" + "e", "roo" + "t", "tm" + "p", "Use" + "rs"))
    + r")/(?!\*)|[A-Z]:\\\\?Users"
)
HOSTS = re.compile(
    "|".join(
        (
            "pypi" + r"\.org",
            "pythonhosted" + r"\.org",
            "npmjs" + r"\.(org|com)",
            "index" + "-url",
            "artifact" + "ory",
            r"localhost:\d{4}/simple",
        )
    )
)
# fmt: off
TEXT = (".py", ".rq", ".sql", ".ttl", ".toml", ".yaml", ".md", ".html", ".css", ".js", ".txt", ".cfg", ".cff", ".sh", "")
# fmt: on


def texts():
    folders = ("src", "tests", "bench", "ontology", "site_templates", "facts", ".ci", "docs")
    paths = [p for folder in folders for p in (PROJECT / folder).rglob("*")] + list(PROJECT.glob("*"))
    for path in sorted(paths):
        parts = path.relative_to(PROJECT).parts
        if (
            path.is_file()
            and not path.is_symlink()
            and path.suffix in TEXT
            and not {"__pycache__", "build", "node_modules"} & set(parts)
        ):
            yield path.relative_to(PROJECT).as_posix(), path.read_text("utf-8", "replace")


def test_no_file_names_a_place_on_a_machine():
    assert [f"{name}: {hit.group()}" for name, text in texts() for hit in MACHINE.finditer(text)] == []


def test_no_file_names_the_host_of_a_package_registry():
    assert [f"{name}: {hit.group()}" for name, text in texts() for hit in HOSTS.finditer(text)] == []


JARGON = re.compile(
    r"\b(IRIs?|URIs?|literals?|violat\w+|nodes?|triples?|predicates?|datatypes?|focus|regex\w*|mapping values|sh:\w+)\b",
    re.IGNORECASE,
)


def messages(modules, ontology) -> list[tuple[str, str]]:
    """All that the program may say to a contributor about the facts."""
    import tomllib

    catalogue = tomllib.loads((PROJECT / "src/censorkb/problems.toml").read_text("utf-8"))
    said = [
        (rule, re.sub(r"\{\w+\}", "", entry[part]))
        for rule, entry in catalogue.items()
        for part in ("message", "fix")
        if part in entry
    ]
    for subject, predicate, text in ontology.vocabulary.shapes:
        if ontology.prefixes.curie(predicate.value) in ("sh:message", "sh:description", "sh:name"):
            said.append((f"{subject.value} {predicate.value}", text.value))
    for module in modules:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in (
                "WrongDate",
                "CantPublish",
                "click.UsageError",
            ):
                said += [
                    (f"{module.name}:{node.lineno}", n.value)
                    for n in ast.walk(node)
                    if isinstance(n, ast.Constant) and isinstance(n.value, str)
                ]
    return said


def test_messages_are_in_a_contributors_words(modules, ontology):
    assert [f"{where}: {text}" for where, text in messages(modules, ontology) if JARGON.search(text)] == []


def test_messages_do_not_begin_with_a_capital_letter_or_end_with_a_stop(modules, ontology):
    """They follow a place, and a name, on one line."""
    import tomllib

    catalogue = tomllib.loads((PROJECT / "src/censorkb/problems.toml").read_text("utf-8"))
    for rule, entry in catalogue.items():
        assert not entry["message"][:1].isupper(), rule
        assert not entry["message"].endswith("."), rule
    for _, predicate, text in ontology.vocabulary.shapes:
        if ontology.prefixes.curie(predicate.value) == "sh:message":
            assert not text.value[:1].isupper(), text.value
            assert not text.value.endswith("."), text.value
