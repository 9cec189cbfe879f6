"""Live: a build that is made again whenever a file changes, and what stands in its way at the moment.

Watchfiles tells of changes: the operating system wakes it, so that an idle preview costs nothing, and it waits until an
editor or git is done with a row of files.
"""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from jinja2 import TemplateError, TemplateSyntaxError
from watchfiles import watch

from censorkb.check.checker import Checked
from censorkb.problem import NOTHING, Phrase, verbatim, why
from censorkb.root import Root
from censorkb.site.build import Built

_POLL = 200  # milliseconds after which the end of the preview is noticed


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand after a build.

    Args:
        number: of the build, from 1; other numbers, other obstacles.
        built: what it did; None if it broke off.
        fault: why it broke off; else nothing.
        trace: where in the program, for whoever works on it; empty if the sentence says enough.
    """

    number: int = 0
    built: Built | None = None
    fault: Phrase = NOTHING
    trace: str = ""

    @property
    def obstacle(self) -> Checked | None:
        """The knowledge base whose errors stop the build; None if there are none."""
        return self.built.checked if self.built and self.built.checked.errors else None


class Live:
    """Builds once, then again after each change.

    Args:
        root: the knowledge base.
        build: builds it.
        told: told how things stand after each build, and which files have changed before it.
    """

    def __init__(self, root: Root, build: Callable[[], Built], told: Callable[[Standing, list[Path]], None]) -> None:
        self._folders = [root.facts, root.ontology, root.templates]
        self._build, self._told = build, told
        self.standing = Standing()
        self._one = threading.Lock()

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Build whenever a file changes, in a thread of its own; a build that has begun is finished."""
        over = threading.Event()
        thread = threading.Thread(target=self._follow, args=(over,), name="preview", daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def renew(self, changed: list[Path]) -> None:
        """Build, whatever comes of it.

        Args:
            changed: paths of files that have changed.
        """
        with self._one:
            self.standing = self._built(self.standing.number + 1)
            self._told(self.standing, changed)

    def _built(self, number: int) -> Standing:
        try:
            return Standing(number, self._build())
        except TemplateError as fault:
            return Standing(number, fault=_template_fault(fault))
        except OSError as fault:
            return Standing(number, fault=why(fault))
        except Exception as fault:  # noqa: BLE001 - who edits a template or the ontology breaks it on the way, often
            sentence = verbatim(f"{type(fault).__name__}: {fault}")
            return Standing(number, fault=sentence, trace=traceback.format_exc())

    def _follow(self, over: threading.Event) -> None:
        for changes in watch(*self._folders, stop_event=over, rust_timeout=_POLL):
            self.renew(sorted({Path(path) for _, path in changes}))


def _template_fault(fault: TemplateError) -> Phrase:
    """What is wrong with a template, and where."""
    if isinstance(fault, TemplateSyntaxError):
        place = f"{fault.name or ''}:{fault.lineno}"
    else:
        frames = [f for f in traceback.extract_tb(fault.__traceback__) if Path(f.filename).suffix == ".html"]
        place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return verbatim(f"{place} {fault.message}".strip())
