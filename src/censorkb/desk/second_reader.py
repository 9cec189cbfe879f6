"""The second reader: a language model behind an address with the chat completions of OpenAI, asked once for each article.

It is asked within limits of time, size and number, and whatever it answers, what the rules have found stays. A server that
can't be used is not asked again; an answer that can't be used costs that article the second reading.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Self
from urllib.parse import urlsplit

from censorkb.desk.deadline import TooLate, within
from censorkb.extract.article import Article
from censorkb.extract.candidate import Candidate
from censorkb.extract.gazetteer import Gazetteer
from censorkb.extract.model.answer import WrongAnswer, read
from censorkb.extract.model.request import MOST_CHARACTERS, request
from censorkb.extract.model.resolving import Resolver
from censorkb.extract.model.union import united
from censorkb.problem import Phrase, Refusal, phrase
from censorkb.query.endpoint.client import LOOPBACK, Client, EndpointFailed, Refused, netrc_entry

MOST_BYTES = 1 << 20  # of an answer
MOST_TRIES = 3
LONGEST_WAIT = 20.0  # seconds between two of them, whatever the server asks for
_GRACE = 1.0  # seconds, for the client to find out by itself
_PATH = "/chat/completions"
_AGAIN = (0, 429, 500, 502, 503, 504)  # no answer at all, too many requests, and what passes
Tell = Callable[[Phrase], None]


class CantAsk(Refusal):
    """A model can't be asked like this; the text says why."""


class SecondReader:
    """Reads articles by a model, beside the rules.

    Args:
        address: base of the interface, such as `http://127.0.0.1:11434/v1`.
        model: name of the model.
        seconds: for the whole answer to one article.
        key: proves to the server who asks; empty if it wants none.
        gazetteer: the names that the rules go by.
        tell: told of what failed and what was dropped.

    Raises:
        CantAsk: the key would go over the network unencrypted, or may be in the address, which is shown.
        EndpointFailed: that is no address.
    """

    def __init__(
        self,
        address: str,
        model: str,
        seconds: float,
        key: str,
        gazetteer: Gazetteer,
        tell: Tell,
    ) -> None:
        if "?" in address or "#" in address:
            raise CantAsk("model-address-query")
        if key and not _is_private(address):
            raise CantAsk("model-key-open")
        base = address.rstrip("/")
        self._address = base if base.endswith(_PATH) else base + _PATH
        self._client = Client(self._address, seconds, largest=MOST_BYTES, key=key)
        self._model, self._gazetteer, self._tell = model, gazetteer, tell
        self._seconds = seconds
        self._is_plain = self._is_left = False
        self.has_failed = self._is_over = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if not self._is_left:
            self._client.close()

    def candidates(self, article: Article, rules: list[Candidate]) -> list[Candidate]:
        """What the rules and the model find in an article; what the rules found if the model fails.

        Args:
            article: the article.
            rules: what the rules have found.
        """
        if self._is_over:
            return rules
        try:
            acts, wrong = read(self._answer(article))
        except WrongAnswer as fault:
            self._fail(phrase("model-answer-useless", id=article.id, why=fault.why))
            return rules
        except EndpointFailed as fault:
            self._is_over = True
            self._fail(phrase("model-unusable", why=_why(fault)))
            return rules
        resolver = Resolver(article, self._gazetteer)
        found = [resolver.candidate(act) for act in acts]
        kept = [candidate for candidate in found if candidate]
        if wrong:
            self._tell(phrase("model-acts-wrong", id=article.id, number=wrong, all=len(acts) + wrong))
        if len(kept) < len(found):
            self._tell(
                phrase("model-acts-dropped", id=article.id, number=len(found) - len(kept), all=len(acts) + wrong)
            )
        if len(article.text) > MOST_CHARACTERS:
            self._tell(phrase("model-text-cut", id=article.id, most=MOST_CHARACTERS))
        return united(rules, kept)

    def wait(self, seconds: float) -> None:
        """Wait before the server is asked again."""
        time.sleep(seconds)

    def _fail(self, why: Phrase) -> None:
        self.has_failed = True
        self._tell(why)

    def _answer(self, article: Article) -> bytes:
        """The answer to an article, asked for again where that may help."""
        for number in range(1, MOST_TRIES + 1):
            try:
                return self._asked(article)
            except EndpointFailed as fault:
                if number == MOST_TRIES or fault.status not in _AGAIN or fault.is_late:
                    raise
                self.wait(min(LONGEST_WAIT, max(fault.wait, float(2 ** (number - 1)))))
        raise AssertionError("the last try returns or raises")

    def _asked(self, article: Article) -> bytes:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        try:
            body = request(article, self._model, self._is_plain)
            return within(
                self._seconds + _GRACE, lambda: self._client.send("POST", self._address, {}, body, headers)[1]
            )
        except TooLate:
            self._is_left = True  # somebody still works with the connection
            raise self._client.late() from None
        except Refused:
            if self._is_plain:
                raise
            self._is_plain = True  # some models take no temperature
            return self._asked(article)


def key_for(address: str) -> str:
    """The key for a server: CENSORKB_MODEL_KEY, else the password of its host in a netrc file; empty if there is none.

    Args:
        address: of the server.

    Raises:
        CantAsk: it holds what no header can.
    """
    key = os.environ.get("CENSORKB_MODEL_KEY", "") or netrc_entry(_host(address))[1]
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise CantAsk("model-key-wrong")
    return key


def _is_private(address: str) -> bool:
    """Whether nobody on the way can read what is sent: it is encrypted, or does not leave the machine."""
    return address.lower().startswith("https:") or _host(address) in LOOPBACK


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""  # no address at all, which the client says


def _why(fault: EndpointFailed) -> Phrase:
    if fault.status in (401, 403):
        return phrase("model-no-entry", status=fault.status)
    if fault.status == 429:
        return phrase("model-too-often")
    return fault.why
