"""What is read into a text that it does not say."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.cli.running import answer, run

FACTS = Path(__file__).parents[2] / "facts"


def test_t26_the_charter_does_not_prevail_over_domestic_law_because_someone_cites_article_52_for_it() -> None:
    claimed = "ASEAN-CHARTER has the effect prevail-over-domestic-law"
    assert answer("why", claimed, "--on", "2010-01-01")["status"] == "no"
    _, told, _ = run("why-not", claimed, "--on", "2010-01-01")
    assert "it speaks of earlier ASEAN instruments only and not of the law of any State" in told
    said = answer("why", "ASEAN-CHARTER has the effect prevail-over-earlier-instruments", "--on", "2010-01-01")
    assert said["status"] == "yes"
    assert said["proof"]["values"]["clause"] == "ASEAN Charter art. 52(2)"


def test_t26_every_effect_rests_on_a_reading_that_gives_its_reason() -> None:
    with (FACTS / "asean" / "readings.csv").open(encoding="utf-8") as file:
        readings = list(csv.DictReader(file))
    assert all(each["reason"] and each["reading"] in ("decisive", "silent") for each in readings)
    found = answer("ask", "ASEAN-CHARTER has the effect <effect>", "--on", "2010-01-01")["found"]
    decisive = {each["effect"] for each in readings if each["reading"] == "decisive"}
    assert {each["values"]["effect"] for each in found} == decisive
    assert {each["effect"] for each in readings if each["reading"] == "silent"}.isdisjoint(decisive)


def test_before_it_is_in_force_the_charter_has_no_effect_at_all() -> None:
    assert answer("ask", "ASEAN-CHARTER has the effect <effect>", "--on", "2008-06-12")["found"] == []
    assert answer("ask", "ASEAN-CHARTER has the effect <effect>", "--on", "2008-12-14")["found"] == []


def test_a_memorandum_stands_between_the_two_that_signed_it() -> None:
    found = answer("ask", "mou-employment-tha-lao-2002 stands between <state> and <other> as a memorandum of understanding")
    pairs = {(each["values"]["state"], each["values"]["other"]) for each in found["found"]}
    assert pairs == {("THA", "LAO"), ("LAO", "THA")}
