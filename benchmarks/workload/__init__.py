"""The synthetic treaty workload: its worlds, and its rules in the language of the engine."""
