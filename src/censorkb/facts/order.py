"""Order: how the keys of a thing are best written, and what stands in what, from the forms."""

from __future__ import annotations

from dataclasses import dataclass

from censorkb.facts.syntax import Branch, Leaf, Part
from censorkb.ontology.form import Form, Forms

ID = "id"
OPEN = ("claimList", "nestedMap", "quoteMap")  # ways of a key whose value is worth its own lines


@dataclass(frozen=True, slots=True)
class Spot:
    """What the forms say of a value.

    Args:
        form: of the thing, or of each thing if there are several.
        each: whether it is a list or mapping of several things.
        spaced: whether they are so large that a blank line goes before each.
        indented: whether those of a list stand further in than its key.
        open: whether it never stands in brackets.
    """

    form: Form | None = None
    each: bool = False
    spaced: bool = False
    indented: bool = True
    open: bool = False


NOWHERE = Spot()


def whole(form: Form) -> Spot:
    """The spot of a whole file."""
    return Spot(form, each=form.several, spaced=form.several, open=True)


def inside(spot: Spot, part: Part, branch: Branch, forms: Forms) -> Spot:
    """The spot of the value of an entry or item.

    Args:
        spot: that of the list or mapping which the entry is in.
        part: the entry or item.
        branch: the list or mapping.
        forms: all forms.
    """
    if spot.form is None:
        return NOWHERE
    if spot.each:
        return Spot(spot.form, open=spot.spaced)
    field = kind(spot.form, branch).fields.get(part.key.text) if part.key else None
    if field is None or not field.entries:
        return NOWHERE
    claims = field.form == "claimList" and isinstance(part.value, Branch) and not part.value.keyed
    return Spot(
        forms.by_name[field.entries],
        each=field.form != "nested",
        spaced=claims,
        indented=not claims,
        open=field.form in OPEN,
    )


def kind(form: Form, branch: Branch) -> Form:
    """The form that the type of a thing picks, or the one for all types."""
    part = branch.part(form.type_key) if form.type_key else None
    word = part.value.text if part and isinstance(part.value, Leaf) else ""
    return form.types.get(word, form)


def is_known(spot: Spot, branch: Branch, key: Leaf) -> bool:
    """Whether a key of a mapping is one of its form."""
    return spot.form is not None and not spot.each and key.text in kind(spot.form, branch).fields


def ordered(spot: Spot, branch: Branch) -> list[Part]:
    """The entries of a mapping in the order of its form; a key that has none stays behind the one above it."""
    if spot.form is None or spot.each or not branch.keyed:
        return branch.parts
    form = spot.form
    ranks: dict[str, tuple[int, int]] = {ID: (-1, 0)}
    ranks |= {key: (field.order, n) for n, (key, field) in enumerate(kind(form, branch).fields.items(), 1)}
    if form.type_key:
        ranks[form.type_key] = (form.type_order, 0)
    rank = (-2, 0)
    ranked = []
    for part in branch.parts:
        assert part.key
        rank = ranks.get(part.key.text, rank)
        ranked.append((rank, part))
    return [part for _, part in sorted(ranked, key=lambda pair: pair[0])]
