"""The language of a text, among those that there is a lexicon of."""

from __future__ import annotations

import functools
from typing import Protocol

from censorkb.extract.lexicon import languages

_ENOUGH = 4000  # characters


class _Identifier(Protocol):
    def classify(self, text: str) -> tuple[str, float]: ...


def detect(text: str) -> str:
    """The code of the language that a text is most likely in."""
    return str(_identifier().classify(text[:_ENOUGH])[0])


@functools.cache
def _identifier() -> _Identifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]  # has no types

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(languages())
    found: _Identifier = identifier
    return found
