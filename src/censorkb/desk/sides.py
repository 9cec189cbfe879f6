"""Sides: the two states of a knowledge base that are compared, each a folder or a revision of its repository."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from censorkb.desk.mirror import Side, mirror
from censorkb.desk.repository import Repository
from censorkb.root import Root


@dataclass(frozen=True, slots=True)
class Sides:
    """Two states of a knowledge base.

    Args:
        base: the earlier state.
        head: the later state.
    """

    base: Side
    head: Side


def sides(root: Root, mirrors: Path, base: str | None = None, head: str | None = None) -> Sides:
    """Find two states.

    Args:
        root: the knowledge base.
        mirrors: folder for the files of revisions; nobody else uses it meanwhile.
        base: a folder with a folder `facts`, or a revision as git takes it; where the branch began if none is given.
        head: likewise; the fact files as they are if none is given.

    Raises:
        NoRevision: git can't read a revision.
        OSError: the files of a revision can't be kept.
    """
    repository = Repository(root.path)
    earlier = _folder(base) or _revision(repository, base, mirrors / "base")
    later = Side(root) if head is None else _folder(head) or _revision(repository, head, mirrors / "head")
    return Sides(earlier, later)


def _folder(name: str | None) -> Side | None:
    return Side(Root(Path(name))) if name and os.path.isdir(f"{name}/facts") else None  # noqa: PTH112 - False for any name


def _revision(repository: Repository, name: str | None, folder: Path) -> Side:
    return mirror(repository, repository.fork() if name is None else repository.commit(name), folder)
