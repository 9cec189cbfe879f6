"""Comments: each found between the values of a file, and given to the entry that it speaks of."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from censorkb.facts.syntax import Branch, Comment, Leaf, Part, leaves

_COMMENT = re.compile(r"(?:(?<=\s)|^)#[^\n]*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Line:
    """A part that begins somewhere, and the lists and mappings that it is in, outermost first."""

    part: Part
    inside: tuple[Branch, ...]

    @property
    def start(self) -> int:
        return self.part.start

    @property
    def column(self) -> int:
        return self.inside[-1].column


def find(branch: Branch, text: str) -> Iterator[Comment]:
    """All comments of a text, in order: what begins with `#` and is no part of a value."""
    at = 0
    for leaf in (*leaves(branch), None):
        until = leaf.body if leaf else len(text)
        for hit in _COMMENT.finditer(text, at, until):
            yield _comment(text, hit)
        at = leaf.end if leaf else at


def _comment(text: str, hit: re.Match[str]) -> Comment:
    start = text.rfind("\n", 0, hit.start()) + 1
    above = text[text.rfind("\n", 0, max(start - 1, 0)) + 1 : start]
    after = hit.end() + 1
    below = text[after : end if (end := text.find("\n", after)) >= 0 else len(text)]
    return Comment(
        at=hit.start(),
        column=hit.start() - start,
        text=hit.group().rstrip(),
        alone=not text[start : hit.start()].strip(),
        spaced=start > 0 and not above.strip(),
        airy=after < len(text) and not below.strip(),
    )


def attach(root: Branch, text: str) -> None:
    """Give each comment of a text to the entry that it stands above or beside, or to the foot of a list or mapping."""
    if "#" not in text:
        return
    lines = sorted(_lines(root, ()), key=attrgetter("start"))
    starts = [line.start for line in lines]
    for comment in find(root, text):
        after = bisect.bisect_right(starts, comment.at)
        last = lines[after - 1] if after else None
        if not comment.alone and last and _ends_beside(last, comment, text):
            owner = _closed(last, comment.at)
            comment.column *= not last.inside[-1].brackets  # brackets may be opened, and nothing is in line any more
            if owner.beside is None:
                owner.beside = comment
            else:
                owner.before.append(comment)
            continue
        following = lines[after] if after < len(lines) else None
        _above_or_below(root, comment, last, following)


def _lines(branch: Branch, outside: tuple[Branch, ...]) -> Iterator[_Line]:
    inside = (*outside, branch)
    for part in branch.parts:
        yield _Line(part, inside)
        if isinstance(part.value, Branch):
            yield from _lines(part.value, inside)


def _ends_beside(line: _Line, comment: Comment, text: str) -> bool:
    """Whether the key or value of a part stands on the line of a comment, before it."""
    ends = [leaf.end for leaf in (line.part.key, line.part.value) if isinstance(leaf, Leaf) and leaf.end <= comment.at]
    closed = line.part.value.end if isinstance(line.part.value, Branch) and line.part.value.brackets else 0
    ends += [branch.end for branch in line.inside if branch.brackets] + [closed]
    last = max((end for end in ends if end <= comment.at), default=0)
    return last > text.rfind("\n", 0, comment.at)


def _closed(line: _Line, at: int) -> Part:
    """The outermost part whose brackets close between the last value and a comment, else the part itself."""
    owner = line.part
    for above, branch in zip(reversed(line.inside[:-1]), reversed(line.inside), strict=False):
        if not branch.brackets or branch.end > at:
            break
        owner = next(part for part in above.parts if part.value is branch)
    return owner


def _above_or_below(root: Branch, comment: Comment, last: _Line | None, following: _Line | None) -> None:
    around = [*last.inside, last.part.value] if last else [root]
    ending = [b for b in around if isinstance(b, Branch) and (following is None or b not in following.inside)]
    within = [b for b in ending if b.brackets and b.start < comment.at < b.end]
    if within:
        _below(within[-1], comment)
        return
    ending = [b for b in ending if not b.brackets]
    if following is None:
        fitting = [b for b in ending if b.column <= comment.column]
        _below((fitting or [root])[-1], comment)
    elif comment.column > following.column and not following.inside[-1].brackets and ending:
        fitting = [b for b in ending if b.column <= comment.column and b.column > following.column]
        _below((fitting or ending[:1])[-1], comment)
    else:
        following.part.before.append(comment)


def _below(branch: Branch, comment: Comment) -> None:
    branch.foot.append(comment)
