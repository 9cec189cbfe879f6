"""The data set that a build wrote, kept as a store beside it, so that a question need not load it.

    build/store/lock       held by the run that makes a generation
    build/store/current    number of the newest
    build/store/7/         a generation; who asks it holds its seal, so that nobody removes it

Oxigraph is used by its own Python package and not through oxrdflib: that makes rdflib's terms of every row, which took 2 to
10 times as long on the questions measured, and rdflib's import alone takes as long as a question may.
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pyoxigraph as ox

from censorkb.graph.export import STEM
from censorkb.graph.store import open_store
from censorkb.ontology.ontology import Ontology
from censorkb.problem import Failure, Refusal, verbatim
from censorkb.query import STORE
from censorkb.query.generation import SEAL, Generation, Origin, Say, Unsettled
from censorkb.query.loading import make

_CURRENT, _LOCK = "current", "lock"
_TRIES = 3  # how often a data set may be replaced while it is loaded


class NotBuilt(Refusal, FileNotFoundError):
    """There is no data set yet; the text is a sentence for the asker."""


def open_built(ontology: Ontology, out: Path) -> ox.Store:
    """Load the data set of a build into a store in memory.

    Args:
        ontology: its terms are loaded beside the data.
        out: folder of the build.

    Raises:
        NotBuilt: nothing was built there.
    """
    path = out / "data" / f"{STEM}.nq"
    try:
        with path.open(encoding="utf-8", newline="\n") as lines:
            return open_store(ontology, lines)
    except FileNotFoundError:
        raise NotBuilt("not-built", path=verbatim(str(out))) from None


class Dataset:
    """The data set of a build.

    Args:
        ontology: its terms are in the store beside the data.
        out: folder of the build.
        say: told what is being done.
    """

    def __init__(self, ontology: Ontology, out: Path, say: Say = lambda _: None) -> None:
        self._origin = Origin.of(ontology, out)
        self._out, self._folder, self._say = out, out / STORE, say

    @contextmanager
    def opened(self) -> Iterator[Path]:
        """The store of the data set as it is now, for Oxigraph to open and only to read.

        Raises:
            NotBuilt: nothing was built there.
        """
        with ExitStack() as held:
            yield self._acquired(held).quads

    def is_current(self, quads: Path | None) -> bool:
        """Whether a store that was opened is still that of the data set."""
        try:
            return quads is not None and Generation(quads.parent).is_of(self._origin)
        except OSError:
            return False

    def throw_away_damaged(self) -> bool:
        """Throw the newest generation away if a byte of it has changed; tells whether it did."""
        found = self._newest()
        if found is None or found.is_sound():
            return False
        with suppress(OSError):
            (found.folder / SEAL).unlink()
        return True

    def _acquired(self, held: ExitStack) -> Generation:
        """A generation of the data set as it is now, that nobody removes until it is let go of."""
        for _ in range(_TRIES):
            try:
                found = self._newest()
                with ExitStack() as kept:
                    if found and self._holds(found, kept) and found.is_of(self._origin):
                        held.push(kept.pop_all())
                        return found
                with ExitStack() as making:
                    made = self._made(making.enter_context(self._making()))
                    if self._holds(made, held):
                        if made.folder.parent != self._folder:
                            held.push(making.pop_all())  # it is gone with its folder
                        return made
            except Unsettled:
                continue
            except FileNotFoundError:
                raise self._not_built() from None
        raise Failure("data-set-torn", path=verbatim(str(self._out)))

    def _not_built(self) -> FileNotFoundError:
        if (self._origin.data / f"{STEM}.nq").exists():
            return NotBuilt("other-edition", path=verbatim(str(self._out)))
        return NotBuilt("not-built", path=verbatim(str(self._out)))

    @contextmanager
    def _making(self) -> Iterator[Path]:
        """The folder of generations, for this run alone; one for a while if the output can't be written."""
        self._origin.state  # noqa: B018 - no folder is made in one where nothing was built
        try:
            self._folder.mkdir(exist_ok=True)
            if self._folder.is_symlink():  # it would lead out of the output
                raise NotADirectoryError(errno.ENOTDIR, "a link stands where the store belongs", str(self._folder))
            handle = os.open(self._folder / _LOCK, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        except OSError as fault:
            if fault.errno not in (errno.EACCES, errno.EPERM, errno.EROFS):
                raise
            with tempfile.TemporaryDirectory() as folder:
                yield Path(folder)
            return
        with os.fdopen(handle, "wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield self._folder

    def _made(self, folder: Path) -> Generation:
        """A generation of the data set as it is now, by this run or one that held the lock before."""
        newest = self._newest() if folder == self._folder else None
        if newest and newest.is_of(self._origin):
            return newest
        number = 1 + max((int(path.name) for path in folder.iterdir() if path.name.isdecimal()), default=0)
        place = folder / str(number)
        place.mkdir()
        try:
            made = make(place, self._origin, newest, self._say)
        except BaseException:
            shutil.rmtree(place, ignore_errors=True)
            raise
        draft = folder / f"{_CURRENT}.draft"
        draft.write_text(place.name, "ascii")
        draft.rename(folder / _CURRENT)
        self._remove_all_but(made.folder)
        return made

    def _newest(self) -> Generation | None:
        try:
            name = (self._folder / _CURRENT).read_text("ascii")
        except (OSError, UnicodeDecodeError):
            return None
        return Generation(self._folder / name) if name.isdecimal() else None

    @staticmethod
    def _holds(generation: Generation, held: ExitStack) -> bool:
        """Keep others from removing a generation; False if it is gone."""
        try:
            handle = os.open(generation.folder / SEAL, os.O_RDONLY | os.O_NOFOLLOW)
        except OSError:
            return False
        held.callback(os.close, handle)
        with suppress(OSError):  # a system without locks keeps what is open
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        return True

    @staticmethod
    def _remove_all_but(newest: Path) -> None:
        """Remove the generations that nobody asks any more, and what runs that were killed have left."""
        for path in newest.parent.iterdir():
            if not path.name.isdecimal() or path == newest:
                continue
            try:
                with (path / SEAL).open("rb") as seal:
                    fcntl.flock(seal, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(path, ignore_errors=True)
            except FileNotFoundError:
                shutil.rmtree(path, ignore_errors=True)
            except OSError:
                continue
