"""The repository: git, asked what the fact files were in a revision.

The only module that runs another program, and the only program it runs is git, with a fixed list of arguments. The
repository may be a stranger's: nothing is checked out, no hook, filter or monitor of its configuration runs, and nothing
is fetched. Paths and contents come back as bytes between NULs and by length, so no name can be taken for another line.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from censorkb.problem import Refusal

_SAFE = (
    "--no-pager",
    "--no-replace-objects",
    "--literal-pathspecs",
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "protocol.allow=never"),
)
_ENVIRONMENT = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_KEPT = ("HOME", "PATH", "XDG_CONFIG_HOME")  # git takes the folders that its user trusts from the files of the user
_BRANCHES = ("refs/remotes/origin/HEAD", "refs/remotes/origin/main", "refs/heads/main", "refs/heads/master")
_SECONDS = 120


class NoRevision(Refusal):
    """Git can't say what was asked; the text is a sentence for whoever asked."""


@dataclass(frozen=True, slots=True)
class Blob:
    """A file of a revision.

    Args:
        mode: as git writes it: 100644 for an ordinary file, 120000 for a link.
        id: name of its content in the repository.
    """

    mode: str
    id: str


class Repository:
    """The git repository that a knowledge base is in.

    Args:
        folder: that of the knowledge base; may be below the top of the repository.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def commit(self, revision: str) -> str:
        """The id of the commit that a revision names.

        Args:
            revision: as git takes it: a branch, a tag, an id, `HEAD~2`.

        Raises:
            NoRevision: there is no repository, or no such revision.
        """
        found = self._try("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        if found is None:
            self._top()
            raise NoRevision("no-commit", revision=revision)
        return found.decode("ascii").strip()

    def fork(self) -> str:
        """The id of the commit at which work began: where HEAD left the default branch, else HEAD itself.

        Raises:
            NoRevision: there is no repository, or nothing was ever committed.
        """
        head = self.commit("HEAD")
        for branch in _BRANCHES:
            if self._try("rev-parse", "--verify", "--quiet", "--end-of-options", f"{branch}^{{commit}}") is not None:
                found = self._try("merge-base", "--end-of-options", branch, head)
                if found:
                    return found.decode("ascii").split()[0]
        return head

    def files(self, commit: str, folder: str) -> dict[str, Blob]:
        """The files below a folder of the knowledge base in a commit, by path from the knowledge base.

        Raises:
            NoRevision: git can't read the commit.
        """
        listing = self._run("ls-tree", "-r", "-z", "--end-of-options", commit, f"{folder}/")
        found = {}
        for line in listing.split(b"\0")[:-1]:
            kind, _, path = line.partition(b"\t")
            mode, _, id_ = kind.decode("ascii").split()
            found[os.fsdecode(path)] = Blob(mode, id_)
        return found

    def contents(self, ids: Iterable[str]) -> Iterator[bytes]:
        """The contents of blobs, in their order.

        Raises:
            NoRevision: a blob is missing, as in a clone that has only a part of the repository.
        """
        asked = "".join(f"{id_}\n" for id_ in ids).encode("ascii")
        answer = self._run("cat-file", "--batch", given=asked)
        at = 0
        while at < len(answer):
            end = answer.index(b"\n", at)
            words = answer[at:end].split()
            if len(words) != 3:
                raise NoRevision("clone-lacks")
            at = end + 1 + int(words[2])
            yield answer[end + 1 : at]
            at += 1

    def _top(self) -> None:
        if self._try("rev-parse", "--git-dir") is None:
            raise NoRevision("no-repository")

    def _run(self, *words: str, given: bytes = b"") -> bytes:
        answer = self._try(*words, given=given)
        if answer is None:
            raise NoRevision("revision-unread")
        return answer

    def _try(self, *words: str, given: bytes = b"") -> bytes | None:
        """What git answers; None if it refuses."""
        try:
            done = subprocess.run(  # noqa: S603 - no shell, and every word but the revision is ours
                ["git", *_SAFE, *words],  # noqa: S607 - git is where its user has it
                cwd=self._folder,
                env={**{name: os.environ[name] for name in _KEPT if name in os.environ}, **_ENVIRONMENT},
                input=given,
                capture_output=True,
                check=False,
                timeout=_SECONDS,
            )
        except FileNotFoundError:
            raise NoRevision("no-git") from None
        except subprocess.TimeoutExpired:
            raise NoRevision("git-silent") from None
        return done.stdout if done.returncode == 0 else None
