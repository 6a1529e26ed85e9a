"""How much a worker does at once. docs/workers.md says what was measured."""

from collections.abc import Mapping

from pydantic import Field

from runtime.evidence_settings import EvidenceSettings


class WorkerSettings(EvidenceSettings):
    """Letters, twice the reports, bulk and one stay under `database_connections`, so that cases always find one: a
    simulation says how far it is while it reads, and files are scanned beside bulk.
    """

    cases_at_once: int = Field(default=100, ge=1, description="Batches of facts being written down")
    letters_at_once: int = Field(default=10, ge=1, description="Letters, texts and referrals on their way")
    reports_at_once: int = Field(default=2, ge=1, description="Reports, packs and simulations being made")
    bulk_at_once: int = Field(default=4, ge=1, description="Looks through all cases, as at night")
    pollers: int = Field(
        default=50, ge=2, description="Of one queue at most; as many as there is work for are open"
    )

    polls_unanswered_seconds: float = Field(
        default=180,
        gt=0,
        description="Until a worker hears nothing from Temporal, which answers each poll within 70: 140 or more",
    )

    @property
    def at_once(self) -> Mapping[str, int]:
        """By kind of work."""
        return {
            "cases": self.cases_at_once,
            "letters": self.letters_at_once,
            "reports": self.reports_at_once,
            "bulk": self.bulk_at_once,
        }
