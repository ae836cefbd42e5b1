"""Traps of reservations and of territories: what does not make a State less of a party, and what is no party at all."""

from __future__ import annotations

from tests.cli.running import answer
from treaty_engine.treaties.corpus import Corpus

LISTED = "2015-03-14"
"""The day until which the depositary's lists of parties and of reservations are held."""


def asked(question: str) -> str:
    """The answer to a question as of the day of the lists."""
    return str(answer("ask", question, "--on", LISTED)["status"])


def test_t29_a_reservation_does_not_make_a_state_a_non_party() -> None:
    assert asked("Thailand is a party to CEDAW") == "yes"
    assert asked('Thailand is bound by CEDAW subject to its reservation to "art. 29(1)"') == "yes"
    assert asked('Thailand is bound by CEDAW subject to its reservation to "art. 16"') == "no"


def test_t29_an_objection_does_not_make_a_state_a_non_party() -> None:
    assert asked('Sweden maintains its objection to the reservation of Malaysia to "art. 37" of CRC') == "yes"
    assert asked("Malaysia is a party to CRC") == "yes"
    assert asked('between Malaysia and Sweden "art. 37" of CRC does not apply as far as Malaysia reserved it') == "yes"
    assert asked('between Sweden and Malaysia "art. 37" of CRC does not apply as far as Malaysia reserved it') == "yes"
    assert asked('CRC is not in force between Malaysia and Sweden over a reservation to "art. 37"') == "no"


def test_t29_a_declaration_at_signature_is_no_reservation_unless_it_was_confirmed() -> None:
    assert asked("Philippines is a party to STATELESS-1954") == "yes"
    assert asked('Philippines is bound by STATELESS-1954 subject to its reservation to "art. 17(1)"') == "no"


def test_t29_a_declaration_is_a_reservation_by_what_it_does_and_not_by_its_name() -> None:
    assert asked('Viet Nam is bound by CAT subject to its reservation to "art. 30(1)"') == "yes"
    assert asked('Thailand is bound by ICCPR subject to its reservation to "art. 20(1)"') == "needs judgement"
    assert asked('Thailand is bound by ICCPR and declared how it understands "art. 20(1)"') == "yes"


def test_t30_a_territory_is_no_party_and_its_rows_are_not_counted(corpus: Corpus) -> None:
    states, territories = corpus.members("State"), corpus.members("Territory")
    of_territories = {key for key, member in states.items() if member.extra.get("kind") == "territory"}
    names = {member.name for member in territories.values()} | {states[key].name for key in of_territories}
    acting = {
        each.fact.values[2]
        for each in corpus.given
        if each.record and each.fact.predicate == "<source> records <act> by <state> under <treaty> on <date>"
    }
    assert territories
    assert len(acting) > 150
    assert not acting & of_territories
    assert not {states[str(state)].name for state in acting} & names


def test_t30_a_treaty_reaches_a_territory_through_the_state_that_is_responsible() -> None:
    assert asked("through China ICESCR applies to Hong Kong") == "yes"
    assert asked("China is a party to ICESCR") == "yes"
    assert asked("through China ICCPR applies to Hong Kong") == "no"
