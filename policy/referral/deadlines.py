"""What is owed in a referral, by when and why. No wait for an agency is without its day."""

from collections.abc import Iterator
from dataclasses import replace

from policy.deadlines.base import Deadline
from policy.editions import Edition
from policy.facts.base import Role
from policy.procedures.base import Stage, in_order, stage_owed
from policy.referral.codes import REFERRED, ROW_OF_KIND, ReferralStage
from policy.referral.referral import ReferralFile
from policy.referral.stages import STAGES


def deadlines(file: ReferralFile, edition: Edition) -> list[Deadline]:
    return in_order(file, _all(file, edition), edition)


def _all(file: ReferralFile, edition: Edition) -> Iterator[Deadline]:
    if (stage := STAGES.get(file.stage)) is not None and file.since is not None:
        stage = _of_agency(file, _explained(file, stage), edition)
        yield stage_owed(file, _chased(file, stage, edition), edition)


def _explained(file: ReferralFile, stage: Stage) -> Stage:
    """Whoever gets it there in another way knows what was in the way."""
    if file.stage is not ReferralStage.UNDELIVERED or file.undelivered is None:
        return stage
    return replace(stage, owed=f"{stage.owed}: {file.undelivered.in_words}")


def _of_agency(file: ReferralFile, stage: Stage, edition: Edition) -> Stage:
    """Under the row of its kind, and by name: a case may have several referrals."""
    if (agency := edition.agency(file.agency)) is None:
        return stage
    row = ROW_OF_KIND.get(agency.kind, stage.row) if stage.row == REFERRED else stage.row
    return replace(stage, row=row, owed=f"{stage.owed} ({agency.name})")


def _chased(file: ReferralFile, stage: Stage, edition: Edition) -> Stage:
    """Whoever was asked is asked again sooner, and in the end by a supervisor."""
    if not file.chased:
        return stage
    by = Role.SUPERVISOR if file.chased >= edition.referral.supervisor_after else stage.by
    return replace(stage, days=lambda edition: edition.referral.days.chased, by=by)
