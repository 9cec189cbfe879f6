"""Publishing: a folder of output is complete or not there, whatever goes wrong on the way.

Files are written into a draft beside the folder, synced, and put in its place: all at once as a replacement, or, if the
folder is as the last run has left it and the caller knows what to change, one by one as an amendment. A file that has
not changed is the same file as before, with its times. A folder that is not ours is never replaced.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from censorkb.problem import Refusal, verbatim
from censorkb.site import replacement
from censorkb.site.amendment import Amendment
from censorkb.site.draft import Draft
from censorkb.site.journal import Disturbed, Journal
from censorkb.site.last_run import begins_with, is_ours
from censorkb.site.replacement import Replacement
from censorkb.site.snapshot import Snapshot


class CantPublish(OSError):
    """The output can't be put where it was asked for; the text is a sentence for the user."""


class OtherOutput(Refusal, OSError):
    """The folder has what another command writes; the text is a sentence for the user."""


@contextmanager
def publishing(
    out: Path, seen: str = "", closely: Collection[str] = (), *, made: tuple[str, ...] = ("",)
) -> Iterator[Draft]:
    """Write files into a draft and put them in their places if nothing went wrong.

    Args:
        out: the folder.
        seen: what the last run has left, as `Draft.left` had it. If it is still so, the draft amends the folder: only
            what changes need be written, or removed. Else, and if it is empty, all files must be written.
        closely: folders in it whose files the next run reads again, so that it must know of any change of them.
        made: how the names of the files begin; a folder of ours with others is the output of something else.

    Raises:
        CantPublish: the folder is not ours, or another run is writing it.
        OtherOutput: the folder is the output of something else.
    """
    out = Path(os.path.abspath(out))  # noqa: PTH100 - resolve() would follow a link in the place of the folder
    if out.is_symlink() or (out.exists() and not (out.is_dir() and (is_ours(str(out)) or not any(out.iterdir())))):
        raise CantPublish(f"{out} exists and was not made by censorkb; choose another folder")
    if is_ours(str(out)) and not begins_with(str(out), made):
        raise OtherOutput("other-output", path=verbatim(str(out)))
    out.parent.mkdir(parents=True, exist_ok=True)
    with _lock(out):
        draft = _draft(out, seen, closely)
        try:
            yield draft
            draft.finish()
        finally:
            draft.close()
        with contextlib.suppress(OSError):  # it is published; who can't look at it again can't amend it
            draft.left = str(draft.snapshot(closely))


def _draft(out: Path, seen: str, closely: Collection[str]) -> Draft:
    """A new draft, once what a run that was killed has left is finished or cleared away."""
    folder, journal = str(out.with_name(f".{out.name}.draft")), Journal(str(out))
    with contextlib.suppress(Disturbed):  # a replacement follows
        journal.finish()
    shutil.rmtree(folder, ignore_errors=True)
    replacement.restore(str(out))
    if seen and (found := Snapshot.still(str(out), closely, seen)):
        return Amendment(journal, str(out), found)
    return Replacement(folder, str(out))


@contextmanager
def _lock(out: Path) -> Iterator[None]:
    handle = os.open(out.with_name(f".{out.name}.lock"), os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW, 0o644)
    with os.fdopen(handle, "wb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CantPublish(f"another run is writing {out}; wait for it to end") from None
        yield
