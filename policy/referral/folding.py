"""What each fact changes in a referral. Rules have had their say before; nothing is refused here."""

from functools import singledispatch
from typing import Final

from policy.case_file import later
from policy.editions import Edition
from policy.facts.base import Fact
from policy.procedures.base import with_its_clocks
from policy.referral import facts
from policy.referral.codes import ReferralOutcome, ReferralStage
from policy.referral.deadlines import deadlines
from policy.referral.facts import ReferralEntry
from policy.referral.referral import ReferralFile

_UNSENT: Final = frozenset({ReferralStage.TO_SEND, ReferralStage.UNDELIVERED})


def after(file: ReferralFile, entry: ReferralEntry, edition: Edition) -> ReferralFile:
    """The file once the entry is recorded, with each of its clocks as it then stands."""
    before, file = file.said, fold(entry.fact, file).with_(seq=file.seq + 1)
    if file.said != before:
        file = file.with_(moved=file.seq)
    return with_its_clocks(file, entry, deadlines, edition)


@singledispatch
def fold(_fact: Fact, file: ReferralFile) -> ReferralFile:
    return file


def _at(file: ReferralFile, stage: ReferralStage, fact: Fact, **changes: object) -> ReferralFile:
    """What is written down late never turns the clock back."""
    moved = {"stage": stage, "since": later(file.since, fact.at), "until": getattr(fact, "by_when", None)}
    return file.with_(**moved | {"chased": 0} | changes)


def _to_tell(file: ReferralFile, fact: Fact, outcome: ReferralOutcome, **changes: object) -> ReferralFile:
    """The agency has what no longer stands."""
    return _at(file, ReferralStage.WITHDRAWN_TO_TELL, fact, outcome=outcome, **changes)


@fold.register
def _(fact: facts.ReferralBegun, file: ReferralFile) -> ReferralFile:
    """Its case knows that it has begun."""
    told = ("proposed", "agency", "about", "gateway", "overridden", "lawful_reason")
    begun = {name: getattr(fact, name) for name in told} | {"channel": fact.by_channel, "begun_at": fact.at}
    file = _at(file, ReferralStage.TO_SEND, fact, **begun)
    return file.with_(told=file.said)


@fold.register
def _(fact: facts.CaseTold, file: ReferralFile) -> ReferralFile:
    return file.with_(told=fact.said)


@fold.register
def _(fact: facts.ConsentTold, file: ReferralFile) -> ReferralFile:
    """Of what may have gone the agency hears, unless it stays there."""
    file = file.with_(objected=not fact.stands)
    if fact.stands:
        return _stands_again(file, fact)
    has_gone = file.sent_at is not None and file.stage not in _UNSENT
    if file.stage in {ReferralStage.WITHDRAWN_TO_TELL, ReferralStage.OVER} or (has_gone and fact.stays):
        return file
    if file.sent_at is None:
        return _at(file, ReferralStage.OVER, fact, outcome=ReferralOutcome.WITHDRAWN)
    return _to_tell(file, fact, ReferralOutcome.WITHDRAWN, before=file.stage)


def _stands_again(file: ReferralFile, fact: Fact) -> ReferralFile:
    """The agency has not been told otherwise."""
    if file.stage is not ReferralStage.WITHDRAWN_TO_TELL or file.before is None:
        return file
    return _at(file, file.before, fact, outcome=None, before=None)


@fold.register
def _(fact: facts.ReferralSent, file: ReferralFile) -> ReferralFile:
    if file.stage in _UNSENT:
        return _at(file, ReferralStage.SENT, fact, sent_at=fact.at)
    return _arrived_after_all(file, fact)


@fold.register
def _(fact: facts.ReferralNotDelivered, file: ReferralFile) -> ReferralFile:
    """An e-mail may come back after it went, and not once the agency has said that it has it. Of an attempt that
    another one followed nothing is owed, nor is what somebody says no to brought there in another way.
    """
    may_come_back = {file.stage, file.before} & {*_UNSENT, ReferralStage.SENT}
    if file.objected and fact.key == file.sending_key and not fact.in_doubt and may_come_back:
        return _at(file, ReferralStage.OVER, fact, outcome=file.outcome or ReferralOutcome.WITHDRAWN, sent_at=None)
    if file.objected and fact.key == file.sending_key and file.stage in {*_UNSENT, ReferralStage.SENT}:
        return _to_tell(file, fact, ReferralOutcome.WITHDRAWN, before=ReferralStage.SENT, sent_at=fact.at)
    if file.stage in {*_UNSENT, ReferralStage.SENT}:
        if fact.key != file.sending_key:
            return file
        came_back = None if file.stage is ReferralStage.SENT else file.sent_at
        sent_at = fact.at if fact.in_doubt else came_back
        return _at(file, ReferralStage.UNDELIVERED, fact, sent_at=sent_at, undelivered=fact.why)
    return _arrived_after_all(file, fact) if fact.in_doubt else file


def _arrived_after_all(file: ReferralFile, fact: Fact) -> ReferralFile:
    """It had ended while it was on its way."""
    if not file.over or file.sent_at is not None:
        return file
    outcome = file.outcome or ReferralOutcome.WITHDRAWN
    before = ReferralStage.SENT if outcome is ReferralOutcome.WITHDRAWN else None
    return _to_tell(file, fact, outcome, before=before, sent_at=fact.at)


@fold.register
def _(fact: facts.ReferralHandedOver, file: ReferralFile) -> ReferralFile:
    return _at(file, ReferralStage.SENT, fact, sent_at=file.sent_at or fact.at, sending=file.sending + 1)


@fold.register
def _(fact: facts.SendingAskedAgain, file: ReferralFile) -> ReferralFile:
    return _at(file, ReferralStage.TO_SEND, fact, sending=file.sending + 1)


@fold.register
def _(fact: facts.ReferralAcknowledged, file: ReferralFile) -> ReferralFile:
    return _told_by_agency(file, ReferralStage.ACKNOWLEDGED, fact)


@fold.register
def _(fact: facts.ReferralAnswered, file: ReferralFile) -> ReferralFile:
    if fact.taken_up:
        return _told_by_agency(file, ReferralStage.TAKEN_UP, fact)
    return _told_by_agency(file, ReferralStage.OVER, fact, outcome=ReferralOutcome.DECLINED)


@fold.register
def _(fact: facts.ReferralWorkReported, file: ReferralFile) -> ReferralFile:
    return _told_by_agency(file, ReferralStage.TAKEN_UP, fact)


def _told_by_agency(
    file: ReferralFile, stage: ReferralStage, fact: Fact, outcome: ReferralOutcome | None = None
) -> ReferralFile:
    """Whoever answers has it. What comes after a consent was withdrawn moves nothing."""
    if file.stage is ReferralStage.WITHDRAWN_TO_TELL:
        return file
    return _at(file, stage, fact, sent_at=file.sent_at or fact.at, outcome=outcome)


@fold.register
def _(fact: facts.ReferralChased, file: ReferralFile) -> ReferralFile:
    return _at(file, file.stage, fact, chased=file.chased + 1)


@fold.register
def _(fact: facts.AgencyToldOfWithdrawal, file: ReferralFile) -> ReferralFile:
    return _at(file, ReferralStage.OVER, fact, before=None)


@fold.register
def _(fact: facts.ReferralEnded, file: ReferralFile) -> ReferralFile:
    """An agency that has what is not needed any more hears that."""
    if fact.outcome is ReferralOutcome.NOT_NEEDED and file.sent_at is not None:
        return _to_tell(file, fact, fact.outcome)
    return _at(file, ReferralStage.OVER, fact, outcome=fact.outcome)
