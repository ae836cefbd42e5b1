"""The importing of official tables."""
