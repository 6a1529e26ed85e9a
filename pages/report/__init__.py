"""Reporting to us by a page: anybody, without a name and without signing in."""

from pages.report.routes import routes

__all__ = ["routes"]
