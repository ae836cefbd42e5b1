"""Claims on trial: what a text says, held against the facts and the rules."""
