"""Formal warnings: what exists for whom, what comes first, and who agrees."""

from datetime import date

from policy.case_file import CaseFile, Matter
from policy.company import called
from policy.conduct import Warned
from policy.deadlines.escalating import ABOVE
from policy.disability import complained_about, in_the_way
from policy.editions import Edition
from policy.editions.legal import LegalStep
from policy.editions.table import choices
from policy.facts import Entry, Role
from policy.facts.warning import NoticeProposed, Proposed, WarningApproved, WarningProposed
from policy.legal_action.steps import AGREEMENT, POSSESSION_NOTICE, why_not
from policy.legal_action.warned import as_warned, open_like, still_count
from policy.legal_action.windows import Ground, absolute_of
from policy.refusals import LetterMayIdentify
from policy.refusals.legal import (
    AnotherPersonMustAgree,
    EarlierWarningMissing,
    WarningIsOpen,
    WarningNotPossible,
)
from policy.rules import ground_7a, serving
from policy.rules.disability import may_act_against
from policy.tenure import Tenure
from policy.working_days import day_in_words, london_day


def somebody_is_complained_about(file: CaseFile) -> None:
    if not complained_about(file):
        raise WarningNotPossible("Nobody on this case is complained about.", missing=("whom to warn",))


def somebody_can_be_warned(file: CaseFile, edition: Edition) -> None:
    """In one way at least in which no warning to them is open."""
    somebody_is_complained_about(file)
    steps = [one.key for one in edition.legal.steps if one.kind == "warning" and one.key != AGREEMENT]
    ways = (
        Warned(step=step, person=person, very_serious=serious)
        for person in complained_about(file)
        for step in steps
        for serious in (False, True)
    )
    day = london_day(file.last_recorded_at) if file.last_recorded_at is not None else None
    open_ones = [open_like(file, one, day, edition) for one in ways]
    if open_ones[0] is not None and None not in open_ones:
        raise _is_open(file, open_ones[0], edition)


def somebody_can_get_a_notice(file: CaseFile) -> None:
    """One of them at least, for whom no meeting is missing."""
    somebody_is_complained_about(file)
    one, *others = complained_about(file)
    if all(in_the_way(file, person) for person in others):
        may_act_against(file, one)


def warning_is_possible(file: CaseFile, fact: WarningProposed, edition: Edition) -> None:
    """(formal-warnings, clear-consequences)"""
    _is_possible(file, fact, _step(fact, "warning", edition), edition)
    if not fact.nothing_identifies:
        raise LetterMayIdentify(
            "Read it again: nothing in it may give away who complained. Then say that this is so.",
            missing=("that nothing in it gives away who complained",),
        )


def notice_is_possible(file: CaseFile, fact: NoticeProposed, edition: Edition) -> None:
    """(formal-warnings, disability-meeting, ground-7a)"""
    _is_possible(file, fact, _step(fact, "notice", edition), edition)
    may_act_against(file, fact.person or "", fact.at)
    if fact.step == POSSESSION_NOTICE and not fact.grounds:
        raise WarningNotPossible("A notice of seeking possession names its grounds.", missing=("its grounds",))
    if fact.step == POSSESSION_NOTICE:
        _grounds_exist(fact, edition)
        _grounds_fit(fact)
    if (ground := absolute_of(fact.grounds)) is not None:
        ground_7a.is_met(file, fact, ground)


def _grounds_exist(fact: NoticeProposed, edition: Edition) -> None:
    for ground in fact.grounds:
        if why := edition.legal.why_no_ground(ground, london_day(fact.at)):
            raise WarningNotPossible(why, missing=("another ground",))


def _grounds_fit(fact: NoticeProposed) -> None:
    """Those of the Act that the tenancy is under. A secure tenancy's day is counted from its periods."""
    secure = fact.tenure is Tenure.SECURE
    if any(ground.secure is not secure for ground in fact.grounds):
        fitting = ", ".join(ground.called for ground in Ground if ground.secure is secure)
        act = "A secure tenancy has grounds of the Housing Act 1985" if secure else "This tenancy has others"
        raise WarningNotPossible(f"{act}: {fitting}.", missing=("grounds of this tenancy",))
    if not secure or absolute_of(fact.grounds) is not None:
        return
    if fact.tenancy is None:
        raise WarningNotPossible(
            "Say whether the secure tenancy is for a term or from period to period, and when one begins: the"
            " notice counts from that.",
            missing=("whether the tenancy is for a term",),
        )
    if why := ground_7a.why_not_counted(fact.tenancy, london_day(fact.at)):
        raise WarningNotPossible(why, missing=("the tenancy's periods",))


def _step(fact: Proposed, kind: str, edition: Edition) -> LegalStep:
    """Agreements are proposed and signed by themselves."""
    if why := why_not(edition, fact.step, fact.tenure, london_day(fact.at)):
        raise WarningNotPossible(why, missing=("another kind of warning or notice",))
    step = edition.legal.step(fact.step)
    if step is None or step.kind != kind or step.key == AGREEMENT:
        known = choices(s for s in edition.legal.steps if s.kind == kind and s.key != AGREEMENT)
        raise WarningNotPossible(
            f"{edition.legal.called(fact.step)} is not one of these: {known}.",
            missing=("another kind of warning or notice",),
        )
    return step


def _is_possible(file: CaseFile, fact: Proposed, step: LegalStep, edition: Edition) -> None:
    if fact.person not in complained_about(file):
        raise WarningNotPossible(
            "A formal warning goes to somebody on this case who is complained about: say to whom.",
            missing=("whom it goes to",),
        )
    if (known := open_like(file, as_warned(file, fact), london_day(fact.at), edition)) is not None:
        raise _is_open(file, known, edition)
    if not step.after or fact.very_serious is not None:
        return
    person, day = fact.person or "", london_day(fact.at)
    agreed = {AGREEMENT for _ in agreements_of(file, person, day)}
    if (agreed | set(still_count(file, person, day, edition))) & set(step.after):
        return
    names = ", ".join(one.name.lower() for one in edition.legal.steps if one.key in step.after)
    waits = f"{step.name} comes after one of these, which must still count for {called(person)}: {names}."
    serious = "If it was too serious to wait for that, say why."
    for key in _not_served_yet(file, person, step):
        raise EarlierWarningMissing(
            f"{waits} {edition.legal.called(file.warnings[key].step)} ({key}) is proposed already and counts once"
            f" it is served. {serious}",
            missing=("an earlier warning that was served",),
            missing_facts=serving.sees_it_through(file, key, edition),
        )
    raise EarlierWarningMissing(
        f"{waits} {serious}",
        missing=("an earlier warning",),
        missing_facts=("warning_proposed", "agreement_proposed"),
    )


def _not_served_yet(file: CaseFile, person: str, step: LegalStep) -> list[str]:
    """Of those that come first."""
    names = file.names_of(person)
    return [
        key
        for key, one in file.warnings.items()
        if one.person in names and one.step in step.after and one.served_on is None and key in file.matters
    ]


def _is_open(file: CaseFile, key: str, edition: Edition) -> WarningIsOpen:
    warned = file.warnings[key]
    name, who = edition.legal.called(warned.step), called(warned.person)
    if warned.served_on is not None:
        return WarningIsOpen(
            f"{name} to {who} was served on {day_in_words(warned.served_on)} already ({key}). Look first whether"
            " it was heeded, or take it back.",
            missing=("whether the earlier one was heeded",),
            missing_facts=("warning_reviewed", "warning_taken_back"),
        )
    return WarningIsOpen(
        f"{name} to {who} is proposed already ({key}) and not served yet. See that one through, or take it back.",
        missing=("an end to the earlier one",),
        missing_facts=serving.sees_it_through(file, key, edition),
    )


def agreements_of(file: CaseFile, person: str, day: date) -> list[Matter]:
    """An agreement counts for those who signed it, until it runs out."""
    names = set(file.names_of(person))
    theirs = (one for one in file.matters.values() if names & set(one.signed_by))
    return [one for one in theirs if one.ends is not None and day <= one.ends]


def somebody_else_agrees(file: CaseFile, fact: WarningApproved, entry: Entry, edition: Edition) -> None:
    """(formal-warnings, section 5)"""
    serving.may_go_on(file, fact.matter, fact.at, edition)
    matter, warned = file.matters.get(fact.matter), file.warnings.get(fact.matter)
    if matter is None or warned is None:
        return
    if matter.begun_by == entry.by.id:
        raise AnotherPersonMustAgree("You proposed this warning, so somebody else must agree to it.")
    step = edition.legal.step(warned.step)
    least = Role.SUPERVISOR if warned.very_serious else step.approved_by if step else Role.SUPERVISOR
    if entry.by.role not in _and_above(least):
        raise AnotherPersonMustAgree(f"A {least} must agree to this warning.")


def _and_above(role: Role) -> set[Role]:
    roles, one = {role}, role
    while (above := ABOVE.get(one)) is not None:
        roles.add(above)
        one = above
    return roles
