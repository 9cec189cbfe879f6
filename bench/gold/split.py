"""Set articles aside before anybody reads them: half of each language for development, half held out.

Within a language the articles are sorted by the SHA-256 of their id and dealt in turn, so the split follows from the ids alone.
"""

import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping

HALVES = ("dev", "heldout")


def split(articles: Iterable[Mapping[str, str]]) -> dict[str, list[str]]:
    by_language: defaultdict[str, list[str]] = defaultdict(list)
    for article in articles:
        by_language[article["lang"]].append(article["id"])
    halves: dict[str, list[str]] = {half: [] for half in HALVES}
    turn = 0
    for _, ids in sorted(by_language.items()):
        for identifier in sorted(ids, key=lambda text: hashlib.sha256(text.encode()).hexdigest()):
            halves[HALVES[turn % 2]].append(identifier)
            turn += 1
    return halves


if __name__ == "__main__":
    json.dump(split(json.loads(line) for line in sys.stdin), sys.stdout, indent=1)
    print()
