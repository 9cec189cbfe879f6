"""Merging: two ids for one thing become one; the other is kept as its former id, and what named it names the one."""

from __future__ import annotations

import re
from collections.abc import Mapping

from censorkb.desk.bench import Bench, CantCorrect
from censorkb.desk.inventory import Item
from censorkb.desk.names import folded
from censorkb.facts.edit import Edit, texts
from censorkb.facts.syntax import Branch, Leaf, Part
from censorkb.ontology.form import Form
from censorkb.problem import both, did_you_mean, phrase, verbatim

Names = dict[str, list[str]]


def merge(bench: Bench, old: str, into: str, day: str = "") -> None:
    """Make one entity or measure of two.

    Its names and former ids go to the other, references follow it, and so do files that are named after it.

    Args:
        bench: the files.
        old: id that is given up.
        into: id that stays.
        day: when that was done, as year-month-day; empty if nobody says.

    Raises:
        CantCorrect: there are no two such things of one kind, or a file that would be renamed is there already.
    """
    gone, stays = _thing(bench, old), _thing(bench, into)
    if old == into:
        raise CantCorrect("one-already")
    if gone.folder != stays.folder:
        raise CantCorrect("not-one-kind", old=old, folder=gone.folder, into=into, other=stays.folder)
    _tell_what_is_lost(bench, gone, stays)
    given_up = _take_out(bench, gone)
    _take_in(bench, stays, given_up, old, day)
    stories = _stories(bench, old, into)
    ids = {old: into}
    for name in list(bench.mentioning({old, *stories})):
        edit = bench.edit(name)
        if _point(edit, ids, stories):
            bench.put(name, edit.result())
    _move_measures(bench, old, into)
    for stem, new in stories.items():
        _rename(bench, stem, new)


def _thing(bench: Bench, id_: str) -> Item:
    things = bench.inventory.things
    if id_ in bench.inventory.former:
        raise CantCorrect("former-id", old=id_, id=bench.inventory.former[id_])
    if id_ not in things:
        raise CantCorrect(both(phrase("no-thing", id=id_), did_you_mean(id_, things)))
    return things[id_]


def _tell_what_is_lost(bench: Bench, gone: Item, stays: Item) -> None:
    for key, (_, node) in gone.says.entries.items():
        word = gone.text(key)
        if key not in ("label", "aliases", "formerly", "merged") and word != stays.text(key):
            place = verbatim(f"{gone.file}:{node.line}")
            bench.notes.append(phrase("not-carried-over", place=place, key=key, word=word or "…"))


def _take_out(bench: Bench, gone: Item) -> Branch:
    """Take the thing that is given up out of its file; what it said."""
    edit = bench.edit(gone.file)
    if not bench.form(gone.file).several:
        bench.put(gone.file, "")
        return edit.root
    part = edit.root.part(gone.id)
    assert part and isinstance(part.value, Branch)
    edit.remove(part)
    bench.put(gone.file, edit.result() if len(edit.root.parts) > 1 else "")
    return part.value


def _take_in(bench: Bench, stays: Item, given_up: Branch, old: str, day: str) -> None:
    edit, form = bench.edit(stays.file), bench.form(stays.file)
    part = edit.root.part(stays.id)
    branch = part.value if form.several and part else edit.root
    assert isinstance(branch, Branch)
    kept = _names(branch, "label")
    aliases, known = (
        _names(branch, "aliases"),
        {folded(name) for key in ("label", "aliases") for name in _all(branch, key)},
    )
    for key in ("label", "aliases"):
        for language, names in _names(given_up, key).items():
            new = [name for name in names if folded(name) not in known or language not in kept]
            aliases.setdefault(language, []).extend(name for name in new if name not in aliases.get(language, []))
            known |= {folded(name) for name in new}
    aliases = {language: names for language, names in aliases.items() if names}
    before = _all(branch, "aliases")
    if sorted(before) != sorted(name for names in aliases.values() for name in names):
        edit.put(branch, form, "aliases", {k: v[0] if len(v) == 1 else v for k, v in aliases.items()})
    _remember(edit, branch, form, _all(given_up, "formerly"))
    _remember(edit, branch, form, [f"{day}: {old}" if day else old, *_all(given_up, "merged")], "merged")
    for key, field in form.fields.items():  # a thing is no part of itself, nor does it renew itself
        own = branch.part(key)
        if own and field.form == "entityRef" and texts(own.value) == [old]:
            edit.remove(own)
            bench.notes.append(phrase("taken-out", id=stays.id, key=key, old=old))
    bench.put(stays.file, edit.result())


def _remember(edit: Edit, branch: Branch, form: Form, ids: list[str], key: str = "formerly") -> None:
    known = [*_all(branch, key), *ids]
    if ids:
        edit.put(branch, form, key, known[0] if len(known) == 1 else known)


def _names(branch: Branch, key: str) -> Names:
    """Names by their language."""
    part = branch.part(key)
    if part is None:
        return {}
    if isinstance(part.value, Branch) and part.value.keyed:
        return {inner.key.text: texts(inner.value) for inner in part.value.parts if inner.key}
    return {"en": texts(part.value)}


def _all(branch: Branch, key: str) -> list[str]:
    part = branch.part(key)
    return texts(part.value) if part else []


def _stories(bench: Bench, old: str, into: str) -> dict[str, str]:
    """Sources whose files are named after their publisher, to what they are to be called."""
    found = {}
    for id_, item in bench.inventory.sources.items():
        match = re.fullmatch(rf"(\d{{4}}(?:-\d\d){{0,2}})-{re.escape(old)}-(.+)", id_)
        if item.text("publisher") == old and match:
            found[id_] = f"{match[1]}-{into}-{match[2]}"
            if found[id_] in bench.inventory.sources:
                raise CantCorrect("name-taken", path=verbatim(item.file), name=verbatim(found[id_]))
    return found


def _point(edit: Edit, ids: Mapping[str, str], stories: Mapping[str, str]) -> bool:
    """Let the references of a file follow; whether there were any."""
    changed = False
    for field, part in edit.fields():
        if field.form in ("entityRef", "orderedRefs"):
            words = {old: new for old, new in ids.items() if old in texts(part.value)}
        elif field.form == "sourceRef":
            words = {old: new for old, new in stories.items() if old in texts(part.value)}
        elif field.form == "claimRef":
            words = {w: _claim(w, stories) for w in texts(part.value) if _claim(w, stories) != w}
        else:
            continue
        if words:
            changed = True
            _follow(edit, part, words)
    return changed


def _claim(word: str, stories: Mapping[str, str]) -> str:
    source, dot, claim = word.partition(".")
    return f"{stories.get(source, source)}.{claim}" if dot else word


def _follow(edit: Edit, part: Part, words: Mapping[str, str]) -> None:
    before = texts(part.value)
    after = list(dict.fromkeys(words.get(word, word) for word in before))
    if len(after) < len(before):  # both were named
        edit.replace_all(part, after)
        return
    leaves = (
        [part.value]
        if isinstance(part.value, Leaf)
        else [p.value for p in part.value.parts if isinstance(p.value, Leaf)]
    )
    for leaf in leaves:
        if leaf.text in words:
            edit.replace(leaf, words[leaf.text])


def _move_measures(bench: Bench, old: str, into: str) -> None:
    """Measures stand in the file of their country and target."""
    for name in list(bench.names()):
        match = re.fullmatch(r"facts/measures/([^/]+)/([^/]+)\.yaml", name)
        if match and old in match.groups():
            country, target = (into if word == old else word for word in match.groups())
            moved = f"facts/measures/{country}/{target}.yaml"
            there = bench.text(moved)
            bench.put(moved, f"{there.rstrip()}\n\n{bench.text(name)}" if there else bench.text(name))
            bench.put(name, "")


def _rename(bench: Bench, stem: str, new: str) -> None:
    """Call a source by another id; it and its claims keep the old ones as former."""
    name = bench.inventory.sources[stem].file
    edit, form = bench.edit(name), bench.form(name)
    _remember(edit, edit.root, form, [stem])
    for id_, claim in edit.claims().items():
        _remember(edit, claim, bench.ontology.forms.by_name["claim"], [f"{stem}.{id_}"])
    moved = name.replace(f"/{stem}.yaml", f"/{new}.yaml")
    content = edit.result()
    bench.put(name, "")
    bench.put(moved, content)
