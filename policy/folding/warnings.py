"""Formal warnings: proposed to whom, served when, heeded or not."""

from policy.case_file import CaseFile
from policy.conduct import Warned
from policy.editions import Edition
from policy.facts import Entry, agreeing, warning
from policy.facts.consequences import ABOUT
from policy.facts.letters import LetterKind
from policy.facts.matters import MatterKind
from policy.folding.base import fold, is_written_to
from policy.legal_action.warned import window
from policy.matters.warnings import SERVED
from policy.working_days import london_day


@fold.register
def _(fact: warning.WarningProposed, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    return _proposed(file, MatterKind.WARNING, fact)


@fold.register
def _(fact: warning.NoticeProposed, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    return _proposed(file, MatterKind.NOTICE, fact, grounds=fact.grounds, tenancy=fact.tenancy)


def _proposed(file: CaseFile, kind: MatterKind, fact: warning.Proposed, **more: object) -> CaseFile:
    """Under the key that its matter will have."""
    told = {"step": fact.step, "person": fact.person, "very_serious": fact.very_serious is not None}
    warned = Warned.model_validate(told | more)
    return file.with_(warnings={**file.warnings, f"{kind}-{file.seq + 1}": warned})


@fold.register
def _(fact: agreeing.AgreementSigned, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    """By whom it was put to, where nobody is named."""
    matter = file.matters.get(fact.matter)
    if matter is None:
        return file
    signed = matter.model_copy(update={"signed_by": fact.parties or (matter.person or ABOUT,)})
    return file.with_(matters={**file.matters, fact.matter: signed})


@fold.register
def _(fact: warning.WarningApproved, file: CaseFile, entry: Entry, _edition: Edition) -> CaseFile:
    """A letter is written where there is an address; else it is served by hand."""
    warned, matter = file.warnings.get(fact.matter), file.matters.get(fact.matter)
    if warned is None or matter is None or matter.kind is not MatterKind.WARNING:
        return file
    if not is_written_to(file, warned.person):
        return file
    key = f"{LetterKind.WARNING}-{file.seq + 1}"
    return file.owing(LetterKind.WARNING, key, matter.about, entry.recorded_at, to=warned.person)


@fold.register(warning.WarningDeclined)
@fold.register(warning.WarningTakenBack)
def _(
    fact: warning.WarningDeclined | warning.WarningTakenBack,
    file: CaseFile,
    _entry: Entry,
    _edition: Edition,
) -> CaseFile:
    """Nor does its letter go."""
    matter = file.matters.get(fact.matter)
    letters = {key: one for key, one in file.letters.items() if matter is None or one.about != matter.about}
    return file.with_(
        warnings={key: one for key, one in file.warnings.items() if key != fact.matter}, letters=letters
    )


@fold.register
def _(fact: warning.WarningServed, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    """By hand: the letter that waits to be posted is not sent a second time."""
    matter = file.matters.get(fact.matter)
    letters = {key: one for key, one in file.letters.items() if matter is None or one.about != matter.about}
    return file.with_(letters=letters)


@fold.register
def _(fact: warning.WarningReviewed, file: CaseFile, _entry: Entry, _edition: Edition) -> CaseFile:
    if fact.matter not in file.warnings:
        return file
    reviewed = file.warnings[fact.matter].model_copy(update={"heeded": fact.heeded})
    return file.with_(warnings={**file.warnings, fact.matter: reviewed})


def with_warnings(file: CaseFile, edition: Edition) -> CaseFile:
    """From the day on which each was served; a notice ends when the law ends it."""
    warnings, matters = dict(file.warnings), dict(file.matters)
    for key, warned in file.warnings.items():
        matter = matters.get(key)
        if matter is None or matter.stage != SERVED or warned.served_on is not None:
            continue
        warnings[key] = served = warned.model_copy(update={"served_on": london_day(matter.since)})
        counts = window(served, edition)
        if matter.kind is MatterKind.NOTICE and counts is not None:
            matters[key] = matter.model_copy(update={"ends": counts.closes})
    return file if warnings == file.warnings else file.with_(warnings=warnings, matters=matters)
