"""Propose claims from articles, measure them against the gold, and print the figures beside the goals.

The texts are not part of the project: name the folder that has them.

usage: python -m bench.gold.measure ARTICLES.jsonl SEEDS_FOLDER [GENERAL_NEWS.jsonl]
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench import HOME
from bench.cost import cost

GOLD = HOME / "bench/gold"
Card = dict[str, Any]  # what `censorkb evaluate --format json` prints


HALVES_GOAL = {"f1": 0.88, "strict f1": 0.70}
GOALS = {
    "dev": HALVES_GOAL,
    "long-dev": HALVES_GOAL,
    "long": HALVES_GOAL,
    "heldout": HALVES_GOAL,
    "seeds": {"precision": 0.92, "recall": 0.92, "strict f1": 0.80},
}
OF_LANGUAGE, MOST_MADE_UP, PER_SECOND = 0.80, 5, 50  # F1; claims for each 1,000 articles; articles on one core
FEW = 10  # claims of a language that say nothing about it


def propose(articles: Path, folder: Path) -> tuple[Path, float]:
    """Predictions for some articles, and the CPU seconds they took."""
    made = cost([sys.executable, "-m", "censorkb", "propose", "--format", "jsonl", articles], allowed=(0, 3))
    path = folder / f"predicted-{articles.stem}.jsonl"
    path.write_text(made.output, "utf-8")
    return path, made.cpu


def evaluate(gold: Path, predicted: Path, articles: Path) -> Card:
    command = [sys.executable, "-m", "censorkb", "evaluate", gold, "--predicted", predicted]
    card: Card = json.loads(cost([*command, "--articles", articles, "--format", "json"]).output)
    return card


def row(name: str, rates: dict[str, Any], wanted: dict[str, float]) -> Iterator[str]:
    for rate, goal in wanted.items():
        found = rates[rate]
        value, low, high = found["value"] or 0, found["low"] or 0, found["high"] or 0
        verdict = "reached" if value >= goal else "missed"
        yield f"| {name} | {rate} | {value:.2f} ({low:.2f} to {high:.2f}) | {goal:.2f} | {verdict} |"


def rows(name: str, card: Card) -> Iterator[str]:
    languages = {article["lang"] for article in gold(name)}
    for line in card["rows"]:
        if line["name"] == "all":
            yield from row(name, line["rates"], GOALS[name])
        elif line["name"] in languages and line["gold"] >= FEW:
            yield from row(f"{name}, {line['name']}", line["rates"], {"f1": OF_LANGUAGE})


def gold(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (GOLD / f"{name}.jsonl").read_text("utf-8").splitlines()]


def seeds_as_rows(folder: Path, path: Path) -> Path:
    """The seeds as JSON Lines, with the days of publication that are known."""
    with path.open("w", encoding="utf-8") as out:
        for article in gold("seeds"):
            known = {key: article[key] for key in ("id", "lang", "published") if key in article}
            text = (folder / f"{article['id']}.txt").read_text("utf-8")
            print(json.dumps({**known, "text": text}, ensure_ascii=False), file=out)
    return path


def main(articles: Path, seeds: Path, general: Path | None) -> None:
    print("| articles | rate | reached (95 of 100 resamplings) | goal | |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        predicted, _ = propose(articles, folder)
        for half in ("dev", "heldout"):
            print(*rows(half, evaluate(GOLD / f"{half}.jsonl", predicted, articles)), sep="\n")
        for pages in (GOLD / "long-dev.jsonl", GOLD / "long.jsonl"):
            print(*rows(pages.stem, evaluate(pages, propose(pages, folder)[0], pages)), sep="\n")
        texts = seeds_as_rows(seeds, folder / "seeds.jsonl")
        print(*rows("seeds", evaluate(GOLD / "seeds.jsonl", propose(texts, folder)[0], texts)), sep="\n")
        if general:
            found, seconds = propose(general, folder)
            silent = evaluate(general, found, general)["silent"]
            rate, speed = 1000 * silent["found"] / silent["articles"], silent["articles"] / seconds
            verdict = "reached" if rate <= MOST_MADE_UP else "missed"
            print(f"| general news | made up for each 1,000 | {rate:.1f} | {MOST_MADE_UP} | {verdict} |")
            verdict = "reached" if speed >= PER_SECOND else "missed"
            print(f"| general news | articles a second | {speed:.0f} | {PER_SECOND} | {verdict} |")


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    given = [Path(word).resolve() for word in sys.argv[1:]]
    main(given[0], given[1], given[2] if len(given) == 3 else None)
