"""Requests to a model: the instructions, and the article fenced as data between lines that it can't contain."""

from __future__ import annotations

import functools
import hashlib
import json
from importlib import resources
from typing import Any

from censorkb.extract.article import Article
from censorkb.extract.model.answer import schema

MOST_CHARACTERS = 40_000  # of an article that are sent; about 10,000 tokens of English, 20,000 of Russian


def sent(article: Article) -> str:
    """The part of an article that a model is shown: all of it, unless it is a book."""
    return article.text[:MOST_CHARACTERS]


def request(article: Article, model: str, plain: bool = False) -> bytes:
    """The body of a request for chat completions.

    Args:
        article: what to read.
        model: name of the model.
        plain: leave out what some models do not take (a temperature).
    """
    text = sent(article)
    # Who writes an article can't know the hash of what they write into it, so no text can end its own fence.
    code = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
    day = article.published.isoformat() if article.published else "unknown"
    user = f"Language: {article.language}. Published: {day}.\n=== article {code}\n{text}\n=== article {code}\nList its acts."
    body: dict[str, Any] = {
        "model": model,
        "messages": [{"role": "system", "content": _instructions()}, {"role": "user", "content": user}],
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "acts", "strict": True, "schema": schema()},
        },
        "stream": False,
    }
    return json.dumps(body if plain else {**body, "temperature": 0}, ensure_ascii=True).encode()


@functools.cache
def _instructions() -> str:
    return (resources.files(__package__) / "instructions.txt").read_text("utf-8")
