"""Write a made-up knowledge base of any size, in the real format, to measure with.

usage: python bench/generate.py --claims N --out DIR [--errors SHARE] [--seed N]

About ten claims a source, copies and retellings, quotes, relative dates, disputes and corroboration in the proportions
of the real facts. The same arguments give the same bytes. `--errors 0.05` breaks about one claim in twenty, in ways that
contributors break them.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
from collections.abc import Callable, Iterator
from pathlib import Path

CLAIMS_A_SOURCE = 10
FIRST_DAY, DAYS = dt.date(2012, 1, 1), 5000
KINDS = ("messenger", "social-network", "video-platform", "search-engine", "vpn", "news-site")
ACTIONS = ("block", "throttle", "partial-restriction", "restriction", "app-store-removal")
REASONS = ("non-compliance", "data-localisation", "terrorism", "fraud", "not-registered")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
TEXT = "access to the service was cut in several networks after the regulator had warned its operator twice this year"
WORDS = TEXT.split()


class Generator:
    """Makes the files of one knowledge base.

    Args:
        claims: about how many claims it shall have.
        errors: share of the claims that are broken.
        seed: where chance begins.
    """

    def __init__(self, claims: int, errors: float, seed: int) -> None:
        self.chance = random.Random(seed)
        self.sources = max(1, claims // CLAIMS_A_SOURCE)
        self.claims, self.errors = claims, errors
        self.countries = [f"x{chr(97 + i)}" for i in range(min(26, 2 + claims // 400))]
        self.services = [f"service-{i}" for i in range(8 + claims // 200)]
        self.media = [f"medium-{i}" for i in range(6 + claims // 300)]
        # A handful of claims on each measure, whatever the size, as reporting is spread in fact.
        pairs = [(c, s) for c in self.countries for s in self.services]
        self.chance.shuffle(pairs)
        self.pairs = pairs[: max(4, claims // 12)]
        self.actions = {pair: self.chance.choice(ACTIONS) for pair in self.pairs}

    def files(self) -> Iterator[tuple[str, str]]:
        """Path under facts/ and text of every file."""
        yield from self._entities()
        yield from self._measures()
        left = self.claims
        for number in range(self.sources):
            count = left if number == self.sources - 1 else min(left, CLAIMS_A_SOURCE)
            left -= count
            yield self._source(number, count)

    def _entities(self) -> Iterator[tuple[str, str]]:
        for i, country in enumerate(self.countries):
            yield (
                f"entities/countries/{country}.yaml",
                f"label: {{en: Country {i}, fr: Pays {i}}}\niso: {country.upper()}\n",
            )
            yield (
                f"entities/agents/{country}-regulator.yaml",
                f"label: Regulator of country {i}\ntype: authority\ncountry: {country}\n",
            )
        for i, service in enumerate(self.services):
            yield (
                f"entities/services/{service}.yaml",
                f"label: Service {i}\nkind: {KINDS[i % len(KINDS)]}\naliases: {{en: [S{i}, The service {i}]}}\n",
            )
        for i, medium in enumerate(self.media):
            yield f"entities/agents/{medium}.yaml", f"label: Medium {i}\ntype: media\n"
        yield "entities/agents/owner.yaml", "label: Owner of several media\ntype: company\n"

    def _measures(self) -> Iterator[tuple[str, str]]:
        for country, service in sorted(self.pairs):
            action = self.actions[country, service]
            feature = "\n  feature: calls" if action == "partial-restriction" else ""
            yield (
                f"measures/{country}/{service}.yaml",
                f"{country}-{service}:\n  label: {action} of {service} in {country}\n  action: {action}\n  target: {service}\n  country: {country}{feature}\n",
            )

    def _source(self, number: int, count: int) -> tuple[str, str]:
        chance = self.chance
        day = FIRST_DAY + dt.timedelta(chance.randrange(DAYS))
        medium = self.media[number % len(self.media)]
        name = f"sources/{day.year}/{day}-{medium}-story-{number}.yaml"
        head = f"title: Story {number} of {medium}\npublisher: {medium}\nlanguage: en\npublished: {day}\ncopies:\n"
        head += f"  page:\n    kind: original\n    host: {medium}\n    language: en\n    url: https://{medium}.example.com/story-{number}\n"
        if chance.random() < 0.2:
            head += f"  copy:\n    kind: syndicated\n    host: {chance.choice(self.media)}\n    language: en\n    url: https://copy.example.com/story-{number}\n"
        claims = [self._claim(i, day, number) for i in range(count)]
        return name, head + "status: accepted\nclaims:\n\n" + "\n".join(claims)

    def _claim(self, i: int, day: dt.date, number: int) -> str:
        country, service = self.chance.choice(self.pairs)
        make = self.chance.choices(
            (self._measure_claim, self._accusation, self._figure, self._position, self._relation), (60, 15, 10, 12, 3)
        )[0]
        start = self.chance.randrange(len(WORDS) - 8)
        quote = " ".join(WORDS[start : start + self.chance.randint(4, 8)])
        text = f"- id: claim-{i}\n{make(country, service, day, number)}  quotes:\n    page: {quote}\n"
        return self._broken(text) if self.chance.random() < self.errors else text

    def _measure_claim(self, country: str, service: str, day: dt.date, number: int) -> str:
        action, regulator = self.actions[country, service], f"{country}-regulator"
        speaker = self.chance.choice(
            ("", "", f"  speaker: {regulator}\n  stance: confirms\n", f"  speaker: {service}\n")
        )
        phase = self.chance.choice(("in-force", "in-force", "in-force", "attempted", "announced"))
        happened = day - dt.timedelta(self.chance.randrange(1, 6))
        dates = self.chance.choice((
            "", f"  dates: {{in-force: {{date: {happened}, phrase: on {WEEKDAYS[happened.weekday()]}}}}}\n",
            f"  dates: {{in-force: {happened.isoformat()[:7]}}}\n", f"  dates: {{announced: {happened}}}\n",
        ))  # fmt: skip
        feature = "  feature: calls\n" if action == "partial-restriction" else ""
        return (
            f"  type: measure\n  says: In story {number} it is said that {country} did {action} {service}.\n{speaker}"
            f"  about: {country}-{service}\n  action: {action}\n  target: {service}\n  country: {country}\n  phase: {phase}\n{dates}{feature}  actor: {regulator}\n"
        )

    def _accusation(self, country: str, service: str, day: dt.date, number: int) -> str:
        return f"  type: accusation\n  says: The regulator of {country} accused {service} in story {number}.\n  speaker: {country}-regulator\n  said: {day}\n  accused: {service}\n  reason: {self.chance.choice(REASONS)}\n  about: {country}-{service}\n"

    def _figure(self, country: str, service: str, day: dt.date, number: int) -> str:
        return f"  type: figure\n  says: Story {number} gives users of {service} in {country}.\n  target: {service}\n  metric: users\n  value: {self.chance.randrange(10**6, 10**9)}\n  qualifier: about\n  country: {country}\n  as-of: {day.year - 1}\n"

    def _position(self, country: str, service: str, day: dt.date, number: int) -> str:
        return f"  type: position\n  says: {service} took a position on {country} in story {number} of {day}.\n  speaker: {service}\n  position: commitment\n  subject: {country}-{service}\n"

    def _relation(self, country: str, service: str, day: dt.date, number: int) -> str:
        medium = self.media[number % len(self.media)]
        return f"  type: relation\n  says: Story {number} of {day} on {service} in {country} names the owner of {medium}.\n  subject: {medium}\n  relation: owned-by\n  object: owner\n"

    def _broken(self, text: str) -> str:
        breaks: tuple[Callable[[str], str], ...] = (
            lambda t: t.replace("  country: x", "  country: zz", 1),
            lambda t: t.replace("  says:", "  sayz:", 1),
            lambda t: t.replace("    page: ", "    page: one two three four five six seven ", 1),
            lambda t: t.replace("  about: ", "  note: was about ", 1),
            lambda t: t.replace("  action: ", "  action: very-", 1),
            lambda t: t.replace("  stance: confirms", "  stance: denies", 1).replace(
                "  about: ", "  note: was about ", 1
            ),
        )
        return self.chance.choice(breaks)(text)


def main() -> None:
    """Write the files."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--claims", type=int, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--errors", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    if (wanted.out / "facts").exists():
        parser.error(f"{wanted.out / 'facts'} exists already")
    count = 0
    for name, text in Generator(wanted.claims, wanted.errors, wanted.seed).files():
        path = wanted.out / "facts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        count += 1
    print(f"{count} files in {wanted.out / 'facts'}")


if __name__ == "__main__":
    main()
