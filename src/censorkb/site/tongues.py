"""Tongues: what each language says in its own words, as one text, so that a page can be rendered once for all of them.

A mark of two letters that Unicode leaves to private use stands for the words; when the page is whole, each language puts
its own in the place of the mark. What a page shows must then not depend on what the words are: whoever asks for more than
whether there are any is refused, and each language renders the page by itself.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import repeat
from typing import Any

from markupsafe import Markup, escape

KEPT = 1 << 16
# One letter of each range; those of compiled templates (wording.py) are in neither.
_FIRST, _SECOND, _END = 0xE100, 0xF000, 0xF900
_MARK = re.compile(f"([{chr(_FIRST)}-{chr(_SECOND - 1)}][{chr(_SECOND)}-{chr(_END - 1)}])")
# The same in UTF-8, where the first byte alone tells where to look.
_ENCODED = re.compile(
    b"(%c[%c-%c][\x80-\xbf]%c[%c-%c][\x80-\xbf])"
    % tuple(
        chr(letter).encode()[at]
        for letter, at in ((_FIRST, 0), (_FIRST, 1), (_SECOND - 1, 1), (_SECOND, 0), (_SECOND, 1), (_END - 1, 1))
    )
)
_PRIVATE = re.compile("[\ue000-\uf8ff]")


class Differs(Exception):
    """What comes next depends on the language."""


class Unfit(Differs):
    """A text has letters that marks are made of."""


class Each(str):
    """A text of which each language has its own, made by `Tongues`; Differs if anything is asked of it but whether there is any.

    One is equal to itself only, so that what was made of it can be kept.

    Args:
        mark: stands for it in other texts.
        said: it in each language.
        write: how it stands in HTML.
    """

    mark: str
    said: tuple[str, ...]
    write: Callable[[Each], str]

    def __new__(cls, mark: str, said: tuple[str, ...], write: Callable[[Each], str]) -> Each:
        """A text that is its mark."""
        made = super().__new__(cls, mark)
        made.mark, made.said, made.write = mark, said, write
        return made

    def __html__(self) -> str:
        """It as it stands in HTML."""
        return Markup(self.write(self))  # noqa: S704 - it is escaped

    def __bool__(self) -> bool:
        """Whether there is any text; Differs if only some languages have one."""
        if all(self.said):
            return True
        raise Differs  # where none has any, all say the same

    def __eq__(self, other: object) -> bool:
        """Whether the other is the same; Differs if it is another text, which some languages might have as well."""
        if self is other:
            return True
        raise Differs

    def __ne__(self, other: object) -> bool:
        """The contrary."""
        return not self == other

    __hash__ = str.__hash__


def _refused(*_: object, **__: object) -> Any:
    raise Differs


_OF_ALL = {
    name for name in dir(object) if name not in ("__str__", "__format__", "__lt__", "__le__", "__gt__", "__ge__")
}
for _name in set(dir(str)) - _OF_ALL - {"__getnewargs__"}:
    setattr(Each, _name, _refused)


class Tongues:
    """The words of all languages.

    Args:
        number: of languages.
    """

    def __init__(self, number: int) -> None:
        self._number = number
        self._said: dict[str, Each] = {}
        self._encoded: dict[bytes, tuple[bytes, ...]] = {}
        self._lasting: dict[tuple[str, ...], Each] = {}
        self._passing: dict[tuple[str, ...], Each] = {}
        self._count = 0
        self._forgetting: list[Callable[[], None]] = []
        _, self.html = self.writing(lambda text: str(escape(text)))

    def each(self, said: Iterable[str], *, lasting: bool = False) -> str:
        """One text for what each language says: an Each, or plain text if all say the same.

        Args:
            said: in the order of the languages.
            lasting: whether it stays when others are forgotten.
        """
        said = tuple(said)
        if len(set(said)) == 1:
            return said[0]
        found = self._lasting.get(said)
        if found is None and not lasting:
            found = self._passing.get(said)
        if found is None:
            first, second = divmod(self._count, _END - _SECOND)
            if _FIRST + first >= _SECOND:
                raise Differs
            self._count += 1
            mark = chr(_FIRST + first) + chr(_SECOND + second)
            found = self._said[mark] = Each(mark, said, self.html)
            self._encoded[mark.encode()] = tuple(map(str.encode, said))
            (self._lasting if lasting else self._passing)[said] = found
        return found

    def again(self, text: str) -> str:
        """The Each of whose mark a text consists; the text if it is none."""
        return self._said.get(text, text)

    def of(self, text: str) -> Iterable[str]:
        """A text as each language has it; KeyError if it has a mark that was forgotten."""
        if type(text) is Each:
            return text.said
        parts = _MARK.split(text)
        if len(parts) == 1:
            return repeat(parts[0], self._number)
        said, made = self._said, []
        for words in zip(*[said[mark].said for mark in parts[1::2]], strict=True):
            parts[1::2] = words
            made.append("".join(parts))
        return made

    def encoded(self, text: str) -> Iterable[bytes]:
        """The same in UTF-8."""
        parts = _ENCODED.split(text.encode())
        if len(parts) == 1:
            return repeat(parts[0], self._number)
        encoded, made = self._encoded, []
        for words in zip(*[encoded[mark] for mark in parts[1::2]], strict=True):
            parts[1::2] = words
            made.append(b"".join(parts))
        return made

    def function(self, ones: Sequence[Callable[..., str]]) -> Callable[..., str]:
        """One function for one of each language; it must always give the same for the same.

        Args:
            ones: in the order of the languages.
        """

        @lru_cache(maxsize=KEPT, typed=True)
        def together(*given: Any, **named: Any) -> str:
            own = [self._own(one) if isinstance(one, str) else repeat(one) for one in given]
            said = [one(*args, **named) for one, *args in zip(ones, *own)]  # noqa: B905 - some repeat for ever
            if Markup in map(type, said):
                return Markup(_mark(self.each(str(escape(one)) for one in said)))  # noqa: S704 - it is escaped
            return self.each(said)

        self._forgetting.append(together.cache_clear)
        return together

    def alike(self, function: Callable[[str], str]) -> Callable[[str], str]:
        """The same function of a text in all languages."""
        together = self.function([function] * self._number)
        return lambda text: together(text) if isinstance(text, str) and not is_fit(text) else function(text)

    def writing(
        self, write: Callable[[Any], str], *, lasting: bool = False
    ) -> tuple[Callable[[Any], str], Callable[[str], str]]:
        """What writes values of all languages as something else writes those of one; what does so for texts only.

        Args:
            write: escapes a value for a format.
            lasting: whether what is written stays when other texts are forgotten.
        """

        @lru_cache(maxsize=KEPT, typed=True)
        def written(text: str) -> str:
            if is_fit(text):
                return write(text)
            return _mark(self.each(map(write, self.of(text)), lasting=lasting))

        def any_written(value: object) -> str:
            return written(value) if isinstance(value, str) else write(value)

        self._forgetting.append(written.cache_clear)
        return any_written, written

    def forget(self) -> None:
        """Let go of all texts that need not last; nobody may have one of them any more."""
        for forget in self._forgetting:
            forget()
        for each in self._passing.values():
            del self._said[each.mark], self._encoded[each.mark.encode()]
        self._passing.clear()

    def _own(self, text: str) -> Iterable[str]:
        return map(Markup, self.of(text)) if type(text) is Markup else self.of(text)


def _mark(text: str) -> str:
    return text.mark if isinstance(text, Each) else text


class Order:
    """What a text of all languages is sorted by; Differs where one language has it before another text, and one behind it.

    Args:
        keys: what it is sorted by in each language.
    """

    def __init__(self, keys: list[Any]) -> None:
        self._keys = keys

    def __eq__(self, other: object) -> bool:
        """Whether they come at the same place."""
        return self._is(operator.eq, other)

    def __lt__(self, other: object) -> bool:
        """Whether it comes before the other."""
        return self._is(operator.lt, other)

    def __gt__(self, other: object) -> bool:
        """Whether it comes behind the other."""
        return self._is(operator.gt, other)

    def _is(self, so: Callable[[Any, Any], bool], other: object) -> bool:
        others = other._keys if isinstance(other, Order) else repeat(other)
        found = {so(one, another) for one, another in zip(self._keys, others)}  # noqa: B905 - some repeat for ever
        if len(found) > 1:
            raise Differs
        return found.pop()

    __hash__ = None  # type: ignore[assignment]  # what is equal depends on the other


def is_fit(text: str) -> bool:
    """Whether nothing in a text from elsewhere can be taken for a mark."""
    return _PRIVATE.search(text) is None


def fit(text: str) -> str:
    """A text from elsewhere as it is; Unfit if something in it could be taken for a mark."""
    if not is_fit(text):
        raise Unfit
    return text
