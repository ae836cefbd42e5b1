"""What the engines cost, measured beside others on the same work."""
