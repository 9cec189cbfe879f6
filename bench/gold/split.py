"""Set articles aside before anybody reads them: half of each language for development, half held out.

Within a language the articles are sorted by the SHA-256 of their id and dealt in turn, so the split follows from the ids
alone. When the figures of the held-out half stood still, a third of it, again by the ids alone, joined those to develop
on; what was ever read for development is never set aside again.
"""

import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping

HALVES = ("dev", "heldout")
RELEASED = 3  # the second of so many held-out articles of a language was released


def split(articles: Iterable[Mapping[str, str]]) -> dict[str, list[str]]:
    by_language: defaultdict[str, list[str]] = defaultdict(list)
    for article in articles:
        by_language[article["lang"]].append(article["id"])
    halves: dict[str, list[str]] = {half: [] for half in HALVES}
    turn = 0
    for _, ids in sorted(by_language.items()):
        held = 0
        for identifier in sorted(ids, key=lambda text: hashlib.sha256(text.encode()).hexdigest()):
            half = HALVES[turn % 2]
            turn += 1
            if half == "heldout":
                held += 1
                half = HALVES[held % RELEASED != RELEASED - 1]
            halves[half].append(identifier)
    return halves


if __name__ == "__main__":
    json.dump(split(json.loads(line) for line in sys.stdin), sys.stdout, indent=1)
    print()
