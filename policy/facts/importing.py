"""That a case was brought here from another system, with all that this one knew of it."""

from typing import Literal

from policy.facts.base import Fact, Line


class CaseImported(Fact):
    """`source` is what the other system is called, `reference` what the case was called there, `entries` how many
    of this case were brought: those that stand before this one.
    """

    fact: Literal["case_imported"] = "case_imported"
    source: Line
    reference: Line
    entries: int


Facts = CaseImported
