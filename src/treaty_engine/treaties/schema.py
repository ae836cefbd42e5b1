"""Which shape the JSON of each verb has."""

from __future__ import annotations

from treaty_engine.treaties import contract, contract_of_calendars, contract_of_conflicts, contract_of_texts
from treaty_engine.treaties.contract import Answer

VERBS: dict[str, type[Answer]] = (
    contract.VERBS | contract_of_calendars.VERBS | contract_of_conflicts.VERBS | contract_of_texts.VERBS
)
