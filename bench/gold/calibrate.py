"""Measure how often the rules' claims are right, by the score that their doubts leave, and keep it as confidence.

It prints a table of reliability, and with --write the data that `censorkb propose` takes its confidence from. It looks
at the gold that is set aside, for the rules were made on the other and are right about nearly all of that; nobody who
writes rules sees more of it than these totals. The texts are not part of the project: name the file that has them.

usage: python -m bench.gold.calibrate ARTICLES.jsonl [--write]
"""

import sys
from collections import defaultdict
from pathlib import Path

import msgspec

from bench import HOME
from censorkb.extract import calibration, gold
from censorkb.extract.article import Article
from censorkb.extract.calibration import Bucket
from censorkb.extract.doubt import score
from censorkb.extract.extractor import Extractor
from censorkb.extract.gazetteer import Gazetteer
from censorkb.extract.known import Known
from censorkb.extract.match import match
from censorkb.extract.roster import Roster
from censorkb.extract.trial import day
from censorkb.root import Root

DATA = Path(calibration.__file__).with_suffix(".toml")
HEAD = """\
# How many claims of the rules were right, by the lowest score of a bucket; made by bench/gold/calibrate.py from the
# gold that is set aside. Right is what nobody had to correct: action, target, status, country and date.
"""
Z = 1.96  # standard deviations that hold 95 of 100


def outcomes(texts: dict[str, str]) -> dict[float, tuple[int, int]]:
    """How many claims of each score were right, and how many there were; optional ones count neither way."""
    root = Root(HOME)
    extractor, roster = Extractor(Gazetteer(Known.read(root).names)), Roster.read(root)
    articles, problems = gold.read(HOME / "bench/gold/heldout.jsonl")
    assert not problems, problems
    counts: defaultdict[float, list[int]] = defaultdict(lambda: [0, 0])
    for name, article in articles.items():
        found = extractor.candidates(Article(name, texts[name], article.lang, day(article)))
        claims = [msgspec.convert(candidate.row(), gold.Claim) for candidate in found]
        matching = match(article.claims, claims, roster)
        right = {id(pair.found): pair.agreement.strict for pair in matching.pairs}
        right |= {id(claim): False for claim in matching.wrong}
        for candidate, claim in zip(found, claims, strict=True):
            if id(claim) in right:
                counted = counts[score(candidate.flags)]
                counted[0] += right[id(claim)]
                counted[1] += 1
    return {value: (right, of) for value, (right, of) in counts.items()}


def interval(one: Bucket) -> tuple[float, float]:
    """Where the share that is right lies with 95 % (Wilson's interval)."""
    share, spread = one.right / one.of, Z * Z / one.of
    middle = share + spread / 2
    half = Z * (share * (1 - share) / one.of + spread / (4 * one.of)) ** 0.5
    return (middle - half) / (1 + spread), (middle + half) / (1 + spread)


def main(articles: Path, is_kept: bool) -> None:
    texts, problems = gold.read_texts(articles)
    assert not problems, problems
    made = calibration.buckets(outcomes(texts))
    print("| score from | claims | right | share (95 % interval) | confidence |\n|---|---|---|---|---|")
    for one in made:
        low, high = interval(one)
        share = f"{one.right / one.of:.2f} ({low:.2f} to {high:.2f})"
        print(f"| {one.least:.2f} | {one.of} | {one.right} | {share} | {one.confidence:.2f} |")
    if is_kept:
        rows = [f"[[bucket]]\nleast = {one.least:.2f}\nright = {one.right}\nof = {one.of}\n" for one in made]
        DATA.write_text("\n".join([HEAD, *rows]), "utf-8")


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[2:] not in ([], ["--write"]):
        sys.exit(__doc__)
    main(Path(sys.argv[1]), sys.argv[2:] == ["--write"])
