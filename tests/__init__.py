"""Ours: an installed distribution brings a `tests` of its own, and a folder without this file would lose to it."""
