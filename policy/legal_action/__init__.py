"""Warnings, notices and remedies: what exists for whom and when, and what the law's calendar allows."""
