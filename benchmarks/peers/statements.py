"""Rules as SQL statements written by hand, one a rule, where DuckDB and SQLite are best asked in the same words."""

SHARED = {
    "consent": "SELECT state, treaty, day FROM acts WHERE act IN (1, 2)",
    "required": """
        SELECT treaty, day FROM (
            SELECT treaty, day, row_number() OVER (PARTITION BY treaty ORDER BY day) AS place
            FROM (SELECT state, treaty, min(day) AS day FROM consent GROUP BY state, treaty)
        ) JOIN clauses USING (treaty) WHERE place = number""",
    "party": """
        SELECT state, treaty FROM bound, asked WHERE bound.day <= asked.day AND NOT EXISTS (
            SELECT 1 FROM acts
            WHERE act = 3 AND acts.state = bound.state AND acts.treaty = bound.treaty AND acts.day <= asked.day)""",
    "signed_only": """
        SELECT state, treaty, day FROM acts WHERE act = 0 AND NOT EXISTS (
            SELECT 1 FROM consent WHERE consent.state = acts.state AND consent.treaty = acts.treaty)""",
    "gap": """
        SELECT state, treaty FROM states, clauses WHERE treaty IN (SELECT treaty FROM held) AND NOT EXISTS (
            SELECT 1 FROM party WHERE party.state = states.state AND party.treaty = clauses.treaty)""",
}

ORDER = (
    "consent",
    "required",
    "in_force",
    "bound",
    "party",
    "signed_only",
    "gap",
    "replaces",
    "superseded",
    "corridor",
)
"""The rules, each after those that it reads."""
