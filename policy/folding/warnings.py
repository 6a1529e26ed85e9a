"""Formal warnings: proposed to whom, served when, heeded or not."""

from datetime import date

from policy.case_file import CaseFile, Matter
from policy.conduct import Warned
from policy.editions import Edition
from policy.facts import Entry, agreeing, warning
from policy.facts.consequences import ABOUT
from policy.facts.letters import LetterKind
from policy.facts.matters import MatterKind
from policy.folding.base import fold, is_written_to
from policy.legal_action.proven import Appeal
from policy.legal_action.warned import as_warned, once_served, to_serve
from policy.matters.warnings import SERVED
from policy.working_days import london_day, on_the_day


@fold.register
def _(fact: warning.WarningProposed, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    return _proposed(file, MatterKind.WARNING, fact)


@fold.register
def _(fact: warning.NoticeProposed, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    return _proposed(file, MatterKind.NOTICE, fact)


def _proposed(file: CaseFile, kind: MatterKind, fact: warning.Proposed) -> CaseFile:
    """Under the key that its matter will have."""
    return file.with_(warnings={**file.warnings, f"{kind}-{file.seq + 1}": as_warned(file, fact)})


@fold.register
def _(fact: agreeing.AgreementSigned, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    """By whom it was put to, where nobody is named."""
    matter = file.matters.get(fact.matter)
    if matter is None:
        return file
    signed = matter.model_copy(update={"signed_by": fact.parties or (matter.person or ABOUT,)})
    return file.with_(matters={**file.matters, fact.matter: signed})


@fold.register
def _(fact: agreeing.AgreementBreached, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    """By all who signed it, where nobody is named."""
    matter = file.matters.get(fact.agreement)
    if matter is None:
        return file
    by = matter.signed_by if fact.person is None else (fact.person,)
    broken = matter.model_copy(update={"broken_by": tuple(dict.fromkeys((*matter.broken_by, *by)))})
    return file.with_(matters={**file.matters, fact.agreement: broken})


@fold.register
def _(fact: warning.WarningApproved, file: CaseFile, entry: Entry, _edition: Edition) -> CaseFile:
    """A letter is written where there is an address; else it is served by hand."""
    matter = file.matters.get(fact.matter)
    if matter is None or matter.kind is not MatterKind.WARNING:
        return file
    return _written(file, LetterKind.WARNING, matter, entry)


def _written(file: CaseFile, kind: LetterKind, matter: Matter, entry: Entry) -> CaseFile:
    if matter.person is None or not is_written_to(file, matter.person):
        return file
    return file.owing(kind, f"{kind}-{file.seq + 1}", matter.about, entry.recorded_at, to=matter.person)


@fold.register
def _(fact: warning.WarningDeclined, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    return _no_longer_standing(file, fact.matter)


@fold.register
def _(fact: warning.WarningTakenBack, file: CaseFile, entry: Entry, _edition: Edition) -> CaseFile:
    """Whoever was given it is written to, where there is an address. It has no end to wait for."""
    matter, file = file.matters.get(fact.matter), _no_longer_standing(file, fact.matter)
    if matter is None or matter.stage != SERVED:
        return file
    file = file.with_(matters={**file.matters, fact.matter: matter.model_copy(update={"ends": None})})
    return _written(file, LetterKind.WARNING_TAKEN_BACK, matter, entry)


def _no_longer_standing(file: CaseFile, key: str) -> CaseFile:
    """Nor does its letter go."""
    standing = {one: warned for one, warned in file.warnings.items() if one != key}
    return _without_its_letter(file, key).with_(warnings=standing)


@fold.register(warning.GroundAppealed)
@fold.register(warning.GroundAppealEnded)
def _(
    fact: warning.GroundAppealed | warning.GroundAppealEnded,
    file: CaseFile,
    _entry: Entry,
    _edition: Edition,
) -> CaseFile:
    appeal = Appeal(ended=fact.on if isinstance(fact, warning.GroundAppealEnded) else None)
    known = file.proven.get(fact.matter)
    if known is not None:
        held_up = known.model_copy(update={"proven": known.proven.model_copy(update={"appeal": appeal})})
        return file.with_(proven={**file.proven, fact.matter: held_up})
    warned = file.warnings.get(fact.matter)
    if warned is None or warned.proven is None:
        return file
    proven = warned.proven.model_copy(update={"appeal": appeal})
    held = warned.model_copy(update={"proven": proven})
    return file.with_(warnings={**file.warnings, fact.matter: held})


@fold.register(warning.WarningServed)
@fold.register(warning.TakingBackTold)
def _(
    fact: warning.WarningServed | warning.TakingBackTold,
    file: CaseFile,
    _entry: Entry,
    _edition: Edition,
) -> CaseFile:
    """By hand: the letter that waits to be posted is not sent a second time."""
    return _without_its_letter(file, fact.matter)


def _without_its_letter(file: CaseFile, key: str) -> CaseFile:
    matter = file.matters.get(key)
    letters = {key: one for key, one in file.letters.items() if matter is None or one.about != matter.about}
    return file.with_(letters=letters)


@fold.register
def _(fact: warning.WarningReviewed, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    if fact.matter not in file.warnings:
        return file
    reviewed = file.warnings[fact.matter].model_copy(update={"heeded": fact.heeded})
    return file.with_(warnings={**file.warnings, fact.matter: reviewed})


def with_warnings(file: CaseFile, edition: Edition) -> CaseFile:
    """From the day on which each was served. A notice ends when the law ends it, before that when it can no longer
    be served.
    """
    if not file.warnings:
        return file
    warnings, matters = dict(file.warnings), dict(file.matters)
    for key, warned in file.warnings.items():
        matter = matters.get(key)
        if matter is None:
            continue
        if matter.stage == SERVED and warned.served_on is None:
            served_on = london_day(matter.since)
            warnings[key] = warned.model_copy(update={"served_on": served_on})
            matters[key] = matter = matter.model_copy(update={"held_since": served_on})
        if matter.kind is MatterKind.NOTICE:
            matters[key] = matter.model_copy(update={"ends": _ends(warnings[key], matter, edition)})
    return file.with_(warnings=warnings, matters=matters)


def _ends(warned: Warned, matter: Matter, edition: Edition) -> date | None:
    """Nobody is late at once where we learnt of it only after that day's work."""
    counts = once_served(warned, edition)
    if counts is not None:
        return counts.closes
    serving = to_serve(warned)
    last = serving.closes if serving is not None else None
    ahead = last is not None and on_the_day(last, edition.office.closes).moment > matter.since
    return last if ahead else None
