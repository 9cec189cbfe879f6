"""The contributor's desk: `censorkb check --changed` and `censorkb diff` after a change of one file in a repository."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from bench.cost import Cost, Failed
from bench.figure import Row, at_most, figure
from bench.figures.change import story
from bench.workshop import Bench

_OURS = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
_WHO = {f"GIT_{who}_{what}": "bench@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


@figure("desk")
def desk(bench: Bench) -> Iterator[Row]:
    """The whole command in a git repository, from what git knows to the report; warm means that it has compared before.

    Each round changes another claim of one file: its words, its action, its status, and all back.
    """
    claims = bench.sizes.middle
    root = _repository(bench, claims)
    for words, goal, base in ((("check", "--changed"), 2, "check-changed"), (("diff",), 3, "diff")):
        name = f"`censorkb {' '.join(words)}`"
        bench.say(f"{name}, {claims:,} claims, cold")
        cold = bench.command(*words, "--root", root, cache=bench.cache(root, base, empty=True))
        warm = tuple(_warm(bench, root, words, base))
        values = tuple(each.cpu for each in warm)
        took = ", ".join(f"{each.cpu:.1f}" for each in warm)
        note = f"cold {cold.cpu:.1f} s; words, action and status of a claim, and back: {took} s"
        what = f"{name}, {claims:,} claims, after one changed file"
        yield Row(what, "", values, "s", at_most(goal), sorted(values)[len(values) // 2], None, note)


def _warm(bench: Bench, root: Path, words: tuple[str, ...], use: str) -> Iterator[Cost]:
    """Run after each of some changes of one file; the report must follow the change."""
    path = story(root)
    text = path.read_text("utf-8")
    edits = {
        "meaning-changed": text.replace("  says: ", "  says: Again, ", 1),
        "action": text.replace("  action: ", "  action: un", 1),
        "status-backwards": text.replace("status: accepted", "status: candidate", 1),
        "": text,
    }
    for sign, edited in edits.items():
        if (edited == text) != (not sign):
            raise Failed(f"the file can't be edited for {sign}")
        bench.say(f"censorkb {' '.join(words)} after one changed file")
        path.write_text(edited, "utf-8")
        done = bench.command(*words, "--root", root, cache=bench.cache(root, use), allowed=(0, 1))
        if sign not in done.output or (not sign and "meaning-changed" in done.output):
            raise Failed(f"the report did not follow the change: {sign or 'back'}")
        yield done


def _repository(bench: Bench, claims: int) -> Path:
    """A knowledge base of its own in a git repository with one commit."""
    root = bench.folder / f"repository-{claims}"
    shutil.copytree(bench.knowledge(claims), root)
    for words in (("init", "-q", "-b", "main"), ("add", "-A"), ("commit", "-q", "-m", "facts")):
        subprocess.run(["git", *words], cwd=root, env={**os.environ, **_OURS, **_WHO}, check=True)
    return root
