"""Where mediation fits, and that it is stopped where it no longer does. (mediation, section 5)"""

from collections.abc import Iterator
from datetime import datetime

from policy.case_file import CaseFile
from policy.deadlines.base import Obligation, owed
from policy.editions import Edition
from policy.facts.matters import MatterKind
from policy.working_days import hours_after


def fits(file: CaseFile, edition: Edition) -> bool:
    """Our reading: nobody sits down with somebody whom they have to fear."""
    rules = edition.mediation
    feared = bool(set(file.categories) & set(rules.never_for)) or (file.serious and not rules.in_serious_cases)
    return not (feared or file.domestic_abuse)


def fitted(file: CaseFile, at: datetime) -> bool:
    """At that moment, as far as we know now."""
    return file.mediation_unfit_since is None or at < file.mediation_unfit_since


def going_on(file: CaseFile) -> list[str]:
    """Offered, or referred and not at its end."""
    kinds = (MatterKind.MEDIATION, MatterKind.MEDIATION_OFFER)
    return [key for key, matter in file.matters.items() if matter.kind in kinds]


def stopping(file: CaseFile, edition: Edition) -> Iterator[Obligation]:
    """At once. (mediation, section 5)"""
    since = file.mediation_unfit_since
    if since is None:
        return
    for key in going_on(file):
        yield owed(
            file,
            f"mediation-stop:{key}",
            hours_after(since, edition.mediation.stop_hours),
            row="mediation",
            what="Stop the mediation: nobody is to sit down with somebody whom they have to fear",
            met_by=("mediation_ended", "mediation_declined"),
        )
