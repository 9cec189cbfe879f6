"""Withdrawals: a claim that no longer counts stays where it is and says why, and what replaces it."""

from __future__ import annotations

from collections.abc import Sequence

from censorkb.desk.bench import Bench, CantCorrect
from censorkb.facts.edit import Edit, text, texts
from censorkb.facts.order import kind
from censorkb.facts.syntax import Branch
from censorkb.ontology.form import Form
from censorkb.problem import Phrase, both, did_you_mean, listed, phrase, verbatim

WITHDRAWN = ("rejected", "retracted", "superseded")


def retract(bench: Bench, id_: str, because: Sequence[str], note: str = "", day: str = "") -> None:
    """Withdraw a claim, or all claims of a source that still count.

    One that was accepted becomes retracted, one that never was rejected.

    Args:
        bench: the files.
        id_: `source.claim`, or the id of a source.
        because: words of the scheme of reasons.
        note: a sentence for readers; if there is none, what the first word means.
        day: when it was withdrawn, as year-month-day; empty if nobody says.

    Raises:
        CantCorrect: there is no such claim or word, or it is withdrawn already.
    """
    words = _words(bench, because)
    source, _, wanted = id_.partition(".")
    name, edit = _open(bench, source)
    claims = edit.claims()
    if wanted and wanted not in claims:
        raise CantCorrect(_unknown(id_, {f"{source}.{claim}" for claim in claims}))
    chosen = [wanted] if wanted else [c for c, claim in claims.items() if _status(edit, claim) not in WITHDRAWN]
    if not chosen or (wanted and _status(edit, claims[wanted]) in WITHDRAWN):
        raise CantCorrect("withdrawn-already" if claims else "no-claims", id=verbatim(id_))
    for claim in chosen:
        status = "retracted" if _status(edit, claims[claim]) == "accepted" else "rejected"
        _mark(bench, edit, claims[claim], status, words, note or _meaning(bench, words), day)
    bench.put(name, edit.result())
    _tell_who_leans_on(bench, {f"{source}.{claim}" for claim in chosen})


def supersede(bench: Bench, old: str, new: str, because: Sequence[str] = (), note: str = "", day: str = "") -> None:
    """Let a claim be replaced by another.

    Args:
        bench: the files.
        old: `source.claim`; likewise `new`, which replaces it.
        because: words of the scheme of reasons.
        note: a sentence for readers.
        day: when it was replaced, as year-month-day; empty if nobody says.

    Raises:
        CantCorrect: there is no such claim or word, or one of them is withdrawn already.
    """
    words = _words(bench, because)
    if old == new:
        raise CantCorrect("replaces-itself")
    for id_ in (old, new):
        source, _, claim = id_.partition(".")
        _, edit = _open(bench, source)
        claims = edit.claims()
        if claim not in claims:
            raise CantCorrect(_unknown(id_, {f"{source}.{known}" for known in claims}))
        if _status(edit, claims[claim]) in WITHDRAWN:
            raise CantCorrect("status-already", id=verbatim(id_), status=_status(edit, claims[claim]))
    source, _, claim = old.partition(".")
    name, edit = _open(bench, source)
    successor = new.partition(".")[2] if new.partition(".")[0] == source else new
    _mark(bench, edit, edit.claims()[claim], "superseded", words, note, day)
    edit.put(edit.claims()[claim], _form(bench, edit.claims()[claim]), "superseded-by", successor)
    bench.put(name, edit.result())
    _tell_who_leans_on(bench, {old})


def reasons(bench: Bench) -> dict[str, str]:
    """Words for why a claim no longer counts, and what each means."""
    vocabulary = bench.ontology.vocabulary
    words = bench.ontology.words.of(vocabulary.node("ckb:WithdrawalReason"))
    return {word: vocabulary.text(concept, "skos:definition") for word, concept in words.items()}


def _tell_who_leans_on(bench: Bench, withdrawn: set[str]) -> None:
    """Name the claims that confirm or dispute what is withdrawn: whether they stand is for somebody to judge."""
    for name in bench.mentioning({id_.partition(".")[2] for id_ in withdrawn}):
        stem = name.rpartition("/")[2].removesuffix(".yaml")
        edit = bench.edit(name)
        for claim, branch in edit.claims().items() if "claims" in bench.form(name).fields else ():
            for key in ("confirms", "disputes"):
                part = branch.part(key)
                named = {word if "." in word else f"{stem}.{word}" for word in texts(part.value if part else None)}
                lost = sorted(named & withdrawn) if f"{stem}.{claim}" not in withdrawn else []
                leaning = verbatim(f"{stem}.{claim}")
                bench.notes += [phrase("still-stands", claim=leaning, key=key, id=verbatim(id_)) for id_ in lost]


def _words(bench: Bench, because: Sequence[str]) -> list[str]:
    known = reasons(bench)
    wrong = next((word for word in because if word not in known), None)
    if wrong is not None:
        said = phrase("no-reason", word=wrong, known=listed(known))
        raise CantCorrect(both(said, did_you_mean(wrong, known)))
    return list(dict.fromkeys(because))


def _meaning(bench: Bench, words: list[str]) -> str:
    return reasons(bench)[words[0]]


def _open(bench: Bench, source: str) -> tuple[str, Edit]:
    item = bench.inventory.sources.get(source)
    if source in bench.inventory.former_sources:
        raise CantCorrect("former-id", old=source, id=bench.inventory.former_sources[source])
    if item is None:
        raise CantCorrect(_unknown(source, set(bench.inventory.sources)))
    return item.file, bench.edit(item.file)


def _unknown(id_: str, known: set[str]) -> Phrase:
    return both(phrase("no-claim" if "." in id_ else "no-source", id=id_), did_you_mean(id_, known))


def _status(edit: Edit, claim: Branch) -> str:
    return text(claim, "status") or text(edit.root, "status") or "candidate"


def _form(bench: Bench, claim: Branch) -> Form:
    return kind(bench.ontology.forms.by_name["claim"], claim)


def _mark(bench: Bench, edit: Edit, claim: Branch, status: str, words: list[str], note: str, day: str) -> None:
    form = _form(bench, claim)
    edit.put(claim, form, "status", status)
    if words:
        edit.put(claim, form, "status-reason", words[0] if len(words) == 1 else words)
    if day:
        edit.put(claim, form, "status-date", day)
    if note:
        edit.put(claim, form, "status-note", " ".join(note.split()))
