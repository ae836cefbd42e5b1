"""Engines and hand-written programs that evaluate the same rules on the same world."""
