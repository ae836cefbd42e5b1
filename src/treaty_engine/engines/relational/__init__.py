"""Set-at-a-time evaluation: a program becomes relational algebra, run on an engine of tables."""
