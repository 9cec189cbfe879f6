"""What follows from claims, rule by rule: a case in which a rule concludes and one in which it must not."""

from __future__ import annotations

import pytest

WORLD = """
== entities/countries/xa.yaml
label: Alfania
iso: XA
== entities/countries/xb.yaml
label: Betania
iso: XB
== entities/agents/regulator.yaml
label: Regulator of Alfania
type: authority
country: xa
== entities/agents/presidency.yaml
label: Presidency of Alfania
type: authority
country: xa
== entities/agents/ministry-b.yaml
label: Ministry of Betania
type: authority
country: xb
== entities/agents/sam.yaml
label: Sam Speaker
type: person
== entities/agents/daily.yaml
label: The Daily
type: media
== entities/agents/weekly.yaml
label: The Weekly
type: media
== entities/agents/wire.yaml
label: The Wire
type: media
== entities/agents/press-group.yaml
label: Press Group
type: company
== entities/agents/holding.yaml
label: Holding
type: company
== entities/agents/critics.yaml
label: Critics
type: group
== entities/agents/blip-labs.yaml
label: Blip Labs
type: company
== entities/services/blip.yaml
label: Blip
kind: messenger
== entities/services/chirp.yaml
label: Chirp
kind: messenger
== measures/xa/blip.yaml
block:
  label: Block of Blip
  action: block
  target: blip
  country: xa
calls:
  label: Calls on Blip
  action: partial-restriction
  target: blip
  country: xa
  feature: calls
promotion:
  label: Promotion of Chirp
  action: promotion
  target: chirp
  country: xa
"""


def source(
    stem: str,
    *claims: str,
    publisher: str = "daily",
    published: str = "2026-02-11",
    head: str = "",
    status: str = "accepted",
) -> str:
    """A source file with its claims, as a contributor writes it."""
    return f"""
== sources/2026/{stem}.yaml
title: Blip in Alfania
publisher: {publisher}
language: en
published: {published}
status: {status}
copies:
  page: {{kind: original, host: {publisher}, language: en, url: https://example.org/{stem}}}
{head}
{"claims:" if claims else ""}
{"".join(claims)}"""


def claim(id_: str, *lines: str, type_: str = "measure", about: str = "block") -> str:
    """A claim; what a measure claim must say is filled in unless the test says it."""
    keys = {line.partition(":")[0] for line in lines}
    filled = {"says": "Blip was blocked in Alfania.", "quotes": "{page: blocked Blip}"}
    if type_ in ("measure", "accusation", "motive"):
        filled["about"] = about
    if type_ == "measure":
        filled |= {"action": "block", "target": "blip", "country": "xa"}
    lines = (*lines, *(f"{key}: {value}" for key, value in filled.items() if key not in keys))
    return f"- id: {id_}\n  type: {type_}\n" + "".join(f"  {line}\n" for line in lines)


def relation(subject: str, kind: str, object_: str, *lines: str) -> str:
    """A claim that somebody owns, operates or speaks for somebody."""
    return claim(
        f"{subject}-{kind}-{object_}",
        f"subject: {subject}",
        f"relation: {kind}",
        f"object: {object_}",
        *lines,
        type_="relation",
    )


# 10-root: the story at the end of a chain of retellings


def test_a_source_of_its_own_is_its_own_root(follow):
    assert follow(WORLD + source("s1")).values("source:s1", "ckb:rootSource") == ["source:s1"]


def test_a_retelling_of_a_retelling_leads_to_the_first_story(follow):
    world = follow(WORLD + source("s1") + source("s2", head="based-on: s1") + source("s3", head="based-on: s2"))
    assert [world.value(f"source:s{n}", "ckb:rootSource") for n in (1, 2, 3)] == ["source:s1"] * 3


# 15-relations: owners, operators and spokespersons from accepted claims


def test_an_accepted_relation_is_concluded(follow):
    world = follow(
        WORLD
        + source(
            "s",
            relation("daily", "owned-by", "press-group"),
            relation("blip", "operated-by", "blip-labs"),
            relation("sam", "speaks-for", "presidency"),
        )
    )
    assert world.value("id:daily", "ckb:owner") == "id:press-group"
    assert world.value("id:blip", "ckb:operator") == "id:blip-labs"
    assert world.value("id:sam", "ckb:speaksFor") == "id:presidency"


@pytest.mark.parametrize(
    "line", ["status: candidate", "stance: denies", "status: rejected", "status: retracted", "status: superseded"]
)
def test_a_relation_that_is_not_accepted_or_is_denied_is_not(follow, line):
    assert (
        follow(WORLD + source("s", relation("daily", "owned-by", "press-group", line))).values("id:daily", "ckb:owner")
        == []
    )


# 16-stands-for: whom a party stands for in the end


def test_a_party_stands_for_the_end_of_the_chain(follow):
    world = follow(
        WORLD
        + source("s", relation("daily", "owned-by", "press-group"), relation("press-group", "owned-by", "holding"))
    )
    assert world.value("id:daily", "ckb:standsFor") == "id:holding"


def test_a_party_of_nobody_stands_for_itself(follow):
    assert follow(WORLD).value("id:sam", "ckb:standsFor") == "id:sam"


# 20-voice and 21-origin: whose word it is


def origins(world, *claims):
    return [world.value(f"claim:{name}", "ckb:origin") for name in claims]


def test_two_papers_that_quote_one_spokesman_are_one_origin(follow):
    world = follow(
        WORLD
        + source("s1", claim("c", "speaker: sam"), relation("sam", "speaks-for", "presidency"))
        + source("s2", claim("c", "speaker: sam"), publisher="weekly")
        + source("s3", claim("c", "speaker: presidency"), publisher="wire")
    )
    assert origins(world, "s1.c", "s2.c", "s3.c") == ["id:presidency"] * 3
    assert world.value("id:block", "ckb:originCount") == "1"
    assert world.value("id:block", "ckb:speakerCount") == "2"


def test_a_named_speaker_is_the_origin_even_if_a_wire_carried_the_words(follow):
    world = follow(WORLD + source("s", claim("c", "speaker: sam", "via: wire")))
    assert origins(world, "s.c") == ["id:sam"]


def test_a_service_speaks_for_its_operator(follow):
    world = follow(
        WORLD
        + source("s1", claim("c", "speaker: blip"), relation("blip", "operated-by", "blip-labs"))
        + source("s2", claim("c", "speaker: blip-labs"), publisher="weekly")
    )
    assert origins(world, "s1.c", "s2.c") == ["id:blip-labs"] * 2


def test_an_unnamed_group_is_the_word_of_the_medium_that_quotes_it(follow):
    world = follow(
        WORLD
        + source("s1", claim("c", "speaker: critics"))
        + source("s2", claim("c", "speaker: critics"), publisher="weekly")
    )
    assert origins(world, "s1.c", "s2.c") == ["id:daily", "id:weekly"]


def test_an_unnamed_group_by_way_of_a_wire_is_the_word_of_the_wire(follow):
    world = follow(
        WORLD
        + source("s1", claim("c", "speaker: critics", "via: [wire, weekly]"))
        + source("s2", claim("c"), publisher="wire")
    )
    assert origins(world, "s1.c", "s2.c") == ["id:wire", "id:wire"]


def test_a_paper_that_cites_another_paper_gives_the_other_ones_word(follow):
    assert origins(follow(WORLD + source("s", claim("c", "speaker: weekly"))), "s.c") == ["id:weekly"]


def test_two_media_of_one_owner_are_one_origin(follow):
    owned = source(
        "o",
        relation("daily", "owned-by", "press-group"),
        relation("weekly", "owned-by", "press-group"),
        publisher="wire",
    )
    world = follow(WORLD + owned + source("s1", claim("c")) + source("s2", claim("c"), publisher="weekly"))
    assert origins(world, "s1.c", "s2.c") == ["id:press-group"] * 2
    assert world.value("id:block", "ckb:support") == "support:single-origin"


def test_two_media_of_two_owners_are_two_origins(follow):
    world = follow(WORLD + source("s1", claim("c")) + source("s2", claim("c"), publisher="weekly"))
    assert world.value("id:block", "ckb:originCount") == "2"
    assert world.value("id:block", "ckb:support") == "support:corroborated"


def test_a_retelling_is_the_word_of_the_first_publisher(follow):
    world = follow(WORLD + source("s1", claim("c"), publisher="wire") + source("s2", claim("c"), head="based-on: s1"))
    assert origins(world, "s1.c", "s2.c") == ["id:wire", "id:wire"]
    assert world.value("id:block", "ckb:support") == "support:single-origin"


def test_syndicated_copies_of_one_story_are_one_origin(follow):
    text = source("s1", claim("c", "quotes: {page: blocked Blip, mirror: Blip bloqué}"))
    copies = "  mirror: {kind: syndicated, host: weekly, language: fr, url: https://example.org/mirror}\n"
    world = follow(WORLD + text.replace("\nclaims:", copies + "claims:", 1))
    assert len(world.values("claim:s1.c", "ckb:evidence")) == 2
    assert world.value("id:block", "ckb:originCount") == "1"


# 25-by-publication: a measure that is called taken, without a date


@pytest.mark.parametrize("phase", ["in-force", "attempted"])
def test_a_measure_without_a_date_began_at_the_latest_when_it_was_published(follow, phase):
    world = follow(WORLD + source("s", claim("c", f"phase: {phase}")))
    assert world.values("claim:s.c", "ckb:dating") == ["claim:s.c#date-by-publication"]
    assert world.value("claim:s.c#date-by-publication", "ckb:edtf") == "[..2026-02-11]"
    assert world.value("claim:s.c#date-by-publication", "ckb:anchor") == "source:s#published"
    assert world.value("id:block", "ckb:latestStart") == "2026-02-11"
    assert world.value("id:block", "ckb:earliestStart") == ""


@pytest.mark.parametrize(
    "lines",
    [
        ("dates: {in-force: 2025-12}",),
        ("dates: {observed: 2026-01-05}",),
        ("phase: threatened",),
        ("phase: announced",),
        ("phase: ended",),
        ("stance: denies",),
    ],
)
def test_it_did_not_if_a_date_is_given_or_it_is_not_called_taken(follow, lines):
    assert follow(WORLD + source("s", claim("c", *lines))).values("claim:s.c#date-by-publication", "ckb:edtf") == []


def test_a_date_of_another_role_does_not_say_when_it_began(follow):
    world = follow(WORLD + source("s", claim("c", "dates: {announced: 2026-01-05}")))
    assert world.value("id:block", "ckb:latestStart") == "2026-02-11"


# 30-bounds and 35-conflict: when a measure began


def span(world, measure="id:block"):
    return [world.value(measure, f"ckb:{name}") for name in ("earliestStart", "latestStart", "dateConflict")]


def test_a_measure_began_when_all_its_dates_allow_it(follow):
    world = follow(
        WORLD
        + source(
            "s1",
            claim("a", "dates: {in-force: 2025-12}"),
            claim("b", "dates: {in-force: ..2025-12-20}"),
            claim("c", "dates: {in-force: 2025-12-10..2026-01}"),
        )
    )
    assert span(world) == ["2025-12-10", "2025-12-20", "false"]
    assert world.values("claim:s1.a", "ckb:dateConflictWith") == []


def test_an_observation_says_only_that_it_had_begun(follow):
    world = follow(
        WORLD + source("s", claim("a", "dates: {in-force: 2025}"), claim("b", "dates: {observed: 2025-08-03}"))
    )
    assert span(world) == ["2025-01-01", "2025-08-03", "false"]


@pytest.mark.parametrize("line", ["status: candidate", "stance: denies", "phase: threatened", "phase: announced"])
def test_a_date_of_a_claim_that_does_not_count_bounds_nothing(follow, line):
    world = follow(
        WORLD + source("s", claim("a", "dates: {in-force: 2025}"), claim("b", "dates: {in-force: 2025-08-03}", line))
    )
    assert span(world) == ["2025-01-01", "2025-12-31", "false"]


def test_dates_that_exclude_each_other_are_a_conflict_between_their_claims(follow):
    world = follow(
        WORLD
        + source(
            "s",
            claim("early", "dates: {in-force: 2025-08}"),
            claim("late", "dates: {in-force: 2025-12}"),
            claim("wide", "dates: {in-force: 2025}"),
        )
    )
    assert span(world) == ["2025-08-31", "2025-12-01", "true"]
    assert world.values("claim:s.late", "ckb:dateConflictWith") == ["claim:s.early"]
    assert world.values("claim:s.early", "ckb:dateConflictWith") == ["claim:s.late"]
    assert world.values("claim:s.wide", "ckb:dateConflictWith") == []


# 32-end and 33-earliest-end: when a measure ended


def end(world, measure="id:block"):
    return [world.value(measure, f"ckb:{name}") for name in ("earliestEnd", "latestEnd")]


def test_a_measure_ended_when_it_was_lifted(follow):
    assert end(follow(WORLD + source("s", claim("a"), claim("b", "phase: ended", "dates: {lifted: 2026-01}")))) == [
        "2026-01-01",
        "2026-01-31",
    ]


def test_a_measure_that_lasted_from_to_ended_then(follow):
    assert end(follow(WORLD + source("s", claim("a", "dates: {in-force: 2025-09/2025-11}")))) == [
        "2025-11-01",
        "2025-11-30",
    ]


def test_ends_that_exclude_each_other_are_kept_in_order(follow):
    world = follow(
        WORLD
        + source(
            "s",
            claim("a", "phase: ended", "dates: {lifted: 2026-01}"),
            claim("b", "phase: ended", "dates: {lifted: 2026-02}"),
        )
    )
    assert end(world) == ["2026-01-31", "2026-01-31"]


@pytest.mark.parametrize(
    "lines",
    [
        ("dates: {in-force: 2025-09/..}",),
        ("dates: {in-force: 2025-09/}",),
        ("phase: ended", "dates: {lifted: 2026-01}", "stance: denies"),
        ("phase: ended", "dates: {lifted: 2026-01}", "status: candidate"),
        ("phase: announced", "dates: {lifted: 2026-01}"),
    ],
)
def test_a_measure_has_no_end_that_nobody_accepted_says(follow, lines):
    assert end(follow(WORLD + source("s", claim("a", *lines)))) == ["", ""]


# 40-acknowledged: the state speaks of it as decided or taken, or explains it once it is taken


def acknowledged(world):
    return world.values("id:block", "ckb:acknowledgedBy")


@pytest.mark.parametrize("phase", ["announced", "attempted", "in-force"])
def test_a_measure_that_an_authority_of_the_country_calls_decided_or_taken_is_acknowledged(follow, phase):
    world = follow(WORLD + source("s", claim("c", "speaker: regulator", f"phase: {phase}")))
    assert acknowledged(world) == ["claim:s.c"]
    assert world.value("id:block", "ckb:support") == "support:acknowledged"


def test_a_spokesman_acknowledges_for_the_body_that_he_speaks_for(follow):
    assert acknowledged(
        follow(WORLD + source("s", claim("c", "speaker: sam"), relation("sam", "speaks-for", "presidency")))
    ) == ["claim:s.c"]


@pytest.mark.parametrize(
    "lines",
    [
        ("speaker: regulator", "phase: threatened"),
        ("speaker: regulator", "stance: denies"),
        ("speaker: regulator", "status: candidate"),
        ("speaker: ministry-b",),
        ("speaker: sam",),
        ("speaker: blip-labs",),
        ("actor: regulator",),
    ],
)
def test_a_threat_a_denial_a_candidate_and_a_stranger_acknowledge_nothing(follow, lines):
    world = follow(WORLD + source("s", claim("c", *lines)))
    assert acknowledged(world) == []
    assert world.value("id:block", "ckb:support") != "support:acknowledged"


ACCUSATION = ("speaker: regulator", "accused: blip", "reason: non-compliance")


def test_an_authority_that_only_explains_a_measure_that_is_taken_acknowledges_it(follow):
    world = follow(
        WORLD
        + source("s1", claim("c", "dates: {in-force: 2026-02-01}"))
        + source("s2", claim("why", *ACCUSATION, type_="accusation"), publisher="weekly")
    )
    assert acknowledged(world) == ["claim:s2.why"]


def test_an_accusation_before_the_measure_does_not_acknowledge_it(follow):
    world = follow(
        WORLD
        + source("s1", claim("c", "dates: {in-force: 2026-02-01}"))
        + source("s2", claim("why", *ACCUSATION, type_="accusation"), publisher="weekly", published="2026-01-15")
    )
    assert acknowledged(world) == []


def test_an_accusation_by_somebody_else_does_not_acknowledge_it(follow):
    world = follow(
        WORLD + source("s1", claim("c"), claim("why", "speaker: critics", *ACCUSATION[1:], type_="accusation"))
    )
    assert acknowledged(world) == []


def test_the_promotion_of_another_service_does_not_acknowledge_the_block(follow):
    promotion = claim(
        "p", "speaker: regulator", "action: promotion", "target: chirp", "instead-of: blip", about="promotion"
    )
    world = follow(WORLD + source("s", claim("c"), promotion))
    assert acknowledged(world) == []
    assert world.value("id:promotion", "ckb:support") == "support:acknowledged"


# 41-disputed


def test_a_measure_is_disputed_if_a_claim_denies_it(follow):
    world = follow(WORLD + source("s", claim("c"), claim("no", "speaker: regulator", "stance: denies")))
    assert world.value("id:block", "ckb:disputed") == "true"
    assert world.values("id:block", "ckb:disputedBy") == ["claim:s.no"]


def test_a_measure_is_disputed_if_a_claim_of_any_kind_disputes_one_about_it(follow):
    position = claim("no", "speaker: sam", "position: criticism", "subject: blip", "disputes: c", type_="position")
    assert follow(WORLD + source("s", claim("c"), position)).values("id:block", "ckb:disputedBy") == ["claim:s.no"]


@pytest.mark.parametrize("candidate", ["c", "no"])
def test_a_candidate_neither_disputes_nor_can_be_disputed(follow, candidate):
    lines = {"c": [], "no": ["speaker: sam", "disputes: c"]}
    lines[candidate].append("status: candidate")
    world = follow(WORLD + source("s", claim("c", *lines["c"]), claim("no", *lines["no"])))
    assert world.values("id:block", "ckb:disputed") == []


def test_a_dispute_about_one_measure_leaves_another_alone(follow):
    world = follow(
        WORLD
        + source(
            "s",
            claim("c"),
            claim("d", "action: partial-restriction", about="calls"),
            claim("no", "stance: denies", "disputes: c"),
        )
    )
    assert world.values("id:calls", "ckb:disputed") == []


# 42-support and 43-unsupported


def test_support_counts_speakers_and_origins_and_the_time_between_first_and_last_word(follow):
    world = follow(
        WORLD
        + source("s1", claim("c", "speaker: sam"), published="2026-01-05")
        + source("s2", claim("c", "speaker: critics"), claim("d"), publisher="weekly", published="2026-03")
        + source("s3", claim("c", "speaker: blip", "status: candidate"), publisher="wire", published="2027-01-01")
    )
    names = ("speakerCount", "originCount", "firstReported", "lastEvidenced", "support")
    assert [world.value("id:block", f"ckb:{name}") for name in names] == [
        "3",
        "2",
        "2026-01-05",
        "2026-03-31",
        "support:corroborated",
    ]


@pytest.mark.parametrize("lines", [("status: candidate",), ("stance: denies",), ("phase: threatened",)])
def test_a_measure_that_nobody_accepted_calls_decided_or_taken_is_unsupported(follow, lines):
    world = follow(WORLD + source("s", claim("c", *lines)))
    assert world.value("id:block", "ckb:support") == "support:unsupported"
    assert world.values("id:block", "ckb:originCount") == []


def test_every_measure_has_one_support(follow):
    world = follow(WORLD + source("s", claim("c", "speaker: regulator"), claim("d")))
    assert world.value("id:block", "ckb:support") == "support:acknowledged"
    assert world.value("id:calls", "ckb:support") == world.value("id:promotion", "ckb:support") == "support:unsupported"


# 12-published-in, 44-reach and 60-began-in


def test_a_source_goes_by_the_month_in_which_it_was_published_at_the_latest(follow):
    world = follow(
        WORLD + source("s1", claim("c"), published="2026-01-05") + source("s2", claim("d"), published="2025")
    )
    assert world.value("source:s1", "ckb:publishedIn") == "period:2026-01"
    assert world.value("source:s2", "ckb:publishedIn") == "period:2025-12"


def test_a_measure_has_come_as_far_as_its_furthest_accepted_claim_says_and_rests_on_so_many_sources(follow):
    world = follow(
        WORLD
        + source("s1", claim("c", "phase: announced"), claim("d", "phase: attempted"))
        + source("s2", claim("c", "phase: threatened"), publisher="weekly")
        + source("s3", claim("c", "phase: ended", "status: candidate"), publisher="wire")
        + source("s4", claim("c", "phase: in-force", "stance: denies"), publisher="wire")
    )
    assert world.value("id:block", "ckb:phaseReached") == "phase:attempted"
    assert world.value("id:block", "ckb:sourceCount") == "2"
    assert world.values("id:calls", "ckb:phaseReached") == []


def test_a_measure_goes_by_the_year_in_which_it_began_at_the_latest_or_was_last_evidenced(follow):
    dated = "dates: {in-force: 2025-03}"
    world = follow(
        WORLD + source("s1", claim("c", dated), claim("d", "phase: announced", about="calls"), published="2026-02-01")
    )
    assert world.value("id:block", "ckb:beganIn") == "period:2025"
    assert world.value("id:calls", "ckb:beganIn") == "period:2026"
    assert world.values("id:promotion", "ckb:beganIn") == []
    # 61-began-there
    assert world.value("id:block", "ckb:beganThere") == "period:xa-began-2025"
    assert world.values("id:promotion", "ckb:beganThere") == []
    # 61-began-there-in
    assert world.value("id:block", "ckb:beganThereIn") == "period:xa-began-2025-03"
    assert world.value("id:calls", "ckb:beganThereIn") == "period:xa-began-2026-02"
    assert world.values("id:promotion", "ckb:beganThereIn") == []


# 62-changes-in


def test_a_status_changes_in_the_years_in_which_it_may_have_begun_was_last_evidenced_or_may_have_ended(follow):
    world = follow(
        WORLD
        + source("s1", claim("c", "dates: {in-force: 2024-12/2025-01}"), published="2025-02-01")
        + source("s2", claim("d", "phase: ended", "dates: {lifted: 2026-03-01}"), published="2026-03-02")
    )
    years = world.values("id:block", "ckb:changesIn")
    assert set(years) == {"period:xa-2024", "period:xa-2025", "period:xa-2026"}


# 64-read-in, 66-corrected-in


def test_a_source_is_read_in_the_month_of_its_first_copy_and_a_claim_corrected_in_the_months_of_its_corrections(follow):
    later = "  later: {kind: syndicated, host: weekly, language: en, url: https://example.org/x, retrieved: 2026-06-01}"
    first = "  first: {kind: syndicated, host: wire, language: en, url: https://example.org/y, retrieved: 2026-05-31}"
    told = claim("c", "corrections: ['2026-03-01: the day', '2026-05-09: the speaker']")
    world = follow(WORLD + source("s1", told, head=f"{later}\n{first}"))
    assert world.value("source:s1", "ckb:readIn") == "period:changes-2026-05"
    assert set(world.values("claim:s1.c", "ckb:correctedIn")) == {"period:changes-2026-03", "period:changes-2026-05"}


# 67-merged-in


def test_an_id_is_given_up_in_the_month_of_a_merger_on_a_day_that_is_known(follow):
    world = follow(
        "\n== entities/agents/daily.yaml\nlabel: The Daily\ntype: media\nmerged: '2026-03-01: the-daily'"
        "\n== entities/agents/weekly.yaml\nlabel: The Weekly\ntype: media\nmerged: the-weekly\n"
    )
    assert world.value("id:the-daily", "ckb:correctedIn") == "period:changes-2026-03"
    assert world.values("id:the-weekly", "ckb:correctedIn") == []


# 45-corroborates


def test_two_claims_of_two_origins_and_two_stories_corroborate_each_other(follow):
    world = follow(
        WORLD
        + source("s1", claim("c", "speaker: sam"))
        + source("s2", claim("c", "speaker: critics"), publisher="weekly")
    )
    assert world.values("claim:s1.c", "ckb:corroborates") == ["claim:s2.c"]
    assert world.values("claim:s2.c", "ckb:corroborates") == ["claim:s1.c"]


@pytest.mark.parametrize(
    "other",
    [
        source("s2", claim("c", "speaker: sam"), publisher="weekly"),
        source("s2", claim("c", "speaker: critics"), publisher="weekly", head="based-on: s1"),
        source("s2", claim("c", "status: candidate"), publisher="weekly"),
        source("s2", claim("c", "stance: denies"), publisher="weekly"),
        source("s2", claim("c", "phase: threatened"), publisher="weekly"),
        source("s2", claim("c", about="calls"), publisher="weekly"),
    ],
    ids=["same speaker", "retelling", "candidate", "denial", "threat", "another measure"],
)
def test_they_do_not_otherwise(follow, other):
    assert (
        follow(WORLD + source("s1", claim("c", "speaker: sam")) + other).values("claim:s1.c", "ckb:corroborates") == []
    )


def test_two_speakers_of_one_story_are_two_origins_but_do_not_corroborate_each_other(follow):
    world = follow(WORLD + source("s", claim("a", "speaker: sam"), claim("b", "speaker: blip")))
    assert world.values("claim:s.a", "ckb:corroborates") == []


# 50-status: what the state of access was, and from when to when


def test_a_measure_in_force_leads_to_a_status_with_its_times(follow):
    world = follow(
        WORLD
        + source(
            "s1",
            claim("c", "about: calls", "action: partial-restriction", "dates: {in-force: 2025-08}"),
            published="2025-09-01",
        )
        + source(
            "s2",
            claim("c", "about: calls", "action: partial-restriction", "phase: ended", "dates: {lifted: 2026-01-10}"),
            claim("d", "about: calls", "action: partial-restriction"),
        )
    )
    names = (
        "concerns",
        "country",
        "feature",
        "accessStatus",
        "fromMeasure",
        "phase",
        "earliestStart",
        "latestStart",
        "earliestEnd",
        "latestEnd",
        "lastEvidenced",
    )
    assert [world.value("id:calls#status", f"ckb:{name}") for name in names] == [
        "id:blip", "id:xa", "feature:calls", "status:partly-restricted", "id:calls", "phase:in-force", "2025-08-01", "2025-08-31", "2026-01-10", "2026-01-10", "2026-02-11",
    ]  # fmt: skip


def test_an_attempt_leads_to_a_status_of_an_attempt(follow):
    assert (
        follow(WORLD + source("s", claim("c", "phase: attempted"))).value("id:block#status", "ckb:phase")
        == "phase:attempted"
    )


@pytest.mark.parametrize(
    "lines",
    [
        ("phase: threatened",),
        ("phase: announced", "dates: {announced: 2026-01-01}"),
        ("stance: denies",),
        ("status: candidate",),
        ("phase: ended", "dates: {lifted: 2026-01-10}"),
    ],
)
def test_a_measure_that_was_never_said_to_be_taken_leads_to_no_status(follow, lines):
    assert follow(WORLD + source("s", claim("c", *lines))).values("id:block#status", "rdf:type") == []


def test_an_action_that_changes_no_access_leads_to_no_status(follow):
    world = follow(WORLD + source("s", claim("p", "action: promotion", "target: chirp", about="promotion")))
    assert world.values("id:promotion#status", "ckb:accessStatus") == []


# all rules


def test_every_rule_has_tests_here():
    from pathlib import Path

    names = {path.stem for path in (Path(__file__).parents[2] / "ontology/rules").glob("*.rq")}
    text = Path(__file__).read_text("utf-8")
    assert names
    assert not {name for name in names if name not in text}


def test_nothing_follows_from_no_claims_but_that_nothing_is_known(follow):
    world = follow(WORLD)
    assert world.values("id:block", "ckb:support") == ["support:unsupported"]
    assert world.values("id:block", "ckb:dateConflict") == []
