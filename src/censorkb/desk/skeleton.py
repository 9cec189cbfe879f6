"""Skeletons: the file of a new thing, at the path where it belongs, with all that is known of it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from censorkb.desk.answer import Answers, tree
from censorkb.desk.change import Change
from censorkb.desk.inventory import Inventory, Item
from censorkb.desk.names import slug
from censorkb.facts.compose import Tree, compose
from censorkb.facts.document import Document, Folder, is_id
from censorkb.graph.builder import build
from censorkb.graph.mapper import TO_DO, Mapper
from censorkb.ontology.form import Form
from censorkb.ontology.ontology import Ontology
from censorkb.problem import Problem, Refusal, verbatim
from censorkb.root import Root

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
TOPIC_WORDS = 4


class Exists(Refusal):
    """There is such a file or id already; the text names it."""


def entity(root: Root, ontology: Ontology, inventory: Inventory, form: Form, id_: str, answers: Answers) -> Change:
    """The file of an entity, or that of the measures of a target with one more.

    Args:
        root: the knowledge base.
        ontology: what may be said in it.
        inventory: the things that there are.
        form: of the folder.
        id_: its id to be.
        answers: what is known of it, by key.

    Raises:
        Exists: the id names a thing already, or did once.
    """
    taken = inventory.things.get(inventory.former.get(id_, id_))
    if taken:
        raise Exists("id-taken", id=id_, path=verbatim(taken.file))
    says: dict[str, Tree] = tree(form, answers)
    if not form.several:
        return _new(root, f"facts/{form.folder}/{id_}.yaml", compose(says, form, ontology.forms))
    name = f"facts/{form.folder}/{answers['country'][0]}/{answers['target'][0]}.yaml"
    text = compose({id_: says}, form, ontology.forms)
    path = root.path / name
    if not path.exists():
        return Change(name, "", text)
    before = path.read_text("utf-8")
    return Change(name, before, f"{before.rstrip()}\n\n{text}")


def source(
    root: Root, ontology: Ontology, form: Form, topic: str, head: Answers, copy: Answers, claims: Iterable[str]
) -> Change:
    """The file of a source with one copy.

    Args:
        root: the knowledge base.
        ontology: what may be said in it.
        form: of sources.
        topic: what the file name says of its content.
        head: what is known of the source, by key.
        copy: what is known of the copy, by key.
        claims: types of claims of which it shall have a skeleton each.

    Raises:
        Exists: there is such a file.
    """
    key = "page" if "url" in copy else "file"
    made: dict[str, Tree] = tree(form, head)
    made["copies"] = {key: tree(ontology.forms.by_name[form.fields["copies"].entries], copy)}
    made["status"] = "candidate"
    made["claims"] = [_claim(ontology, form, type_, n, key) for n, type_ in enumerate(claims, 1)]
    published = _DATE.search(head["published"][0])
    date = published.group() if published and published.group() == head["published"][0] else (published or [""])[0][:4]
    stem = f"{date}-{head['publisher'][0]}-{topic}"[:80].strip("-")
    return _new(root, f"facts/{form.folder}/{date[:4]}/{stem}.yaml", compose(made, form, ontology.forms))


def topic_of(title: str) -> str:
    """What a file name can say of the content of a source: the first words of its headline."""
    return slug(title, TOPIC_WORDS)


def id_of(form: Form, name: str, answers: Answers) -> str:
    """The id that fits a new thing: of a country its code, of a measure what is done where to what, else its name."""
    if "iso" in form.fields:
        return answers["iso"][0].lower()
    if form.several:
        return "-".join(answers[key][0] for key in ("country", "target", "action"))
    return slug(name)


def alike(inventory: Inventory, form: Form, answers: Answers) -> list[Item]:
    """Measures with the same action, target, country and feature."""
    keys = [key for key in ("action", "target", "country", "feature") if key in form.fields]
    wanted = [answers.get(key, [""])[0] for key in keys]
    return [i for i in inventory.things.values() if i.folder == form.folder and [i.text(k) for k in keys] == wanted]


def faults(root: Root, ontology: Ontology, change: Change) -> list[Problem]:
    """What the text rules say of a new file, but for what is left open and for what it refers to."""
    folder = Folder(root, list(ontology.forms.by_folder))
    home = next(f for f in folder.kinds if change.name.startswith(f"facts/{f}/"))
    stem = change.name.rpartition("/")[2].removesuffix(".yaml")
    document = Document(change.name, home, (), stem)
    mapper = Mapper(ontology)
    build(mapper, document, folder.parse(document, change.after.encode()))
    lines = change.before.count("\n")
    found = [*folder.problems, *mapper.problems]
    return [p for p in found if p.rule != "to-do" and p.place.line > lines] if is_id(stem) else found


def _new(root: Root, name: str, text: str) -> Change:
    if (root.path / name).exists() or (root.path / name).is_symlink():
        raise Exists("file-there", path=verbatim(name))
    return Change(name, "", text)


def _claim(ontology: Ontology, form: Form, type_: str, number: int, copy: str) -> dict[str, Tree]:
    kind = ontology.forms.by_name[form.fields["claims"].entries].types[type_]
    required = [field for field in kind.fields.values() if field.required]
    made: dict[str, Tree] = {"id": f"{type_}-{number}", "type": type_}
    return made | {f.key: {copy: TO_DO} if f.form == "quoteMap" else TO_DO for f in required}
