"""The command line, which Ctrl-C ends in one line from here on: what takes long to import comes after that."""

from __future__ import annotations

from treaty_engine.signals import end_at_once


def main() -> None:
    """Runs the command line, in a process of its own."""
    end_at_once()
    from treaty_engine.cli.commands import run

    run()
