"""Matters: what a fact begins, carries on or ends, as their courses say."""

from policy.case_file import CaseFile, Matter
from policy.facts import Entry
from policy.facts.base import Fact
from policy.facts.letters import LetterSent
from policy.facts.matters import AsksAfter, Begun, MatterKind, RunsOut, Step
from policy.facts.powers import ClosureAsked, PowerAsked, PowerChased
from policy.facts.promising import ActionPlanned, Chased
from policy.facts.ruling import DeadlineMissed
from policy.facts.warning import NoticeProposed
from policy.legal_action.warned import rests_on
from policy.matters import BEGINS, stage_of
from policy.working_days import london_day


def with_matters(before: CaseFile, file: CaseFile, entry: Entry) -> CaseFile:
    """The file's matters after the entry."""
    file = _carried_on(before, file, entry)
    if isinstance(entry.fact, Chased):
        return _chased(before, file, entry, entry.fact)
    course = BEGINS.get(type(entry.fact))
    return _begun(before, file, entry) if course is not None and course.when(file) else file


def _begun(before: CaseFile, file: CaseFile, entry: Entry) -> CaseFile:
    course = BEGINS[type(entry.fact)]
    is_so = course.also_begun_by.get(type(entry.fact))
    open_now = any(one.kind is course.kind and not stage_of(one).fallen for one in file.matters.values())
    if is_so and (open_now or not is_so(before, entry.fact)):
        return file
    begun = entry.fact if isinstance(entry.fact, Begun) else None
    matter = Matter(
        kind=course.kind,
        stage=course.first,
        about=entry.id,
        since=entry.at,
        until=begun and begun.day(),
        owner=begun and begun.owner,
        person=begun and begun.person,
        code=str(getattr(entry.fact, course.code)) if course.code else None,
        by=entry.by.id,
        begun_by=entry.by.id,
        ends=entry.fact.ends if isinstance(entry.fact, RunsOut) else None,
        held_since=london_day(entry.at) if isinstance(entry.fact, RunsOut) else None,
        group=entry.fact.group if isinstance(entry.fact, ActionPlanned) else None,
        asked_of=entry.fact.asked_of if isinstance(entry.fact, PowerAsked | ClosureAsked) else None,
    )
    return file.with_(matters={**file.matters, f"{course.kind}-{file.seq + 1}": matter})


def _carried_on(before: CaseFile, file: CaseFile, entry: Entry) -> CaseFile:
    fact = entry.fact
    matters = dict(file.matters)
    for key, matter in file.matters.items():
        if stage_of(matter).takes(type(fact)) and _means(fact, key, matter, before):
            _onwards(matters, key, stage_of(matter).leads_to(type(fact)), entry)
    return file if matters == file.matters else file.with_(matters=matters)


def _means(fact: Fact, key: str, matter: Matter, before: CaseFile) -> bool:
    """A step means the matter that it names, a letter that went the one that it was written for, another fact
    every one that began before.
    """
    match fact:
        case Step():
            return key in fact.named
        case NoticeProposed():
            return key == rests_on(before, fact)
        case LetterSent():
            letter = before.letters.get(fact.key)
            return letter is not None and letter.about == matter.about
    return matter.since <= fact.at


def _onwards(matters: dict[str, Matter], key: str, stage: str | None, entry: Entry) -> None:
    if stage is None:
        del matters[key]
        return
    fact = entry.fact
    if isinstance(fact, AsksAfter):
        matters[key] = matters[key].model_copy(update={"asked": matters[key].asked + 1})
        return
    changed = {
        "stage": stage,
        "since": entry.at,
        "until": fact.day() if isinstance(fact, Step) else None,
        "chased": 0,
        "chased_at": None,
        "asked": matters[key].asked + 1 if isinstance(fact, PowerChased) else 0,
        "by": entry.by.id,
    }
    if isinstance(fact, RunsOut):
        held_since = matters[key].held_since or london_day(fact.at)
        changed |= {"ends": fact.ends, "held_since": held_since, "learnt_at": fact.at}
    matters[key] = matters[key].model_copy(update=changed)


def _chased(before: CaseFile, file: CaseFile, entry: Entry, fact: Chased) -> CaseFile:
    """Asking again and again raises one matter, and does not make many. (promise-ledger)"""
    key = fact.matter if fact.matter in file.matters else None
    if key is None or stage_of(file.matters[key]).owed is None:
        key = _what_they_ask_for(file)
    if key is None:
        file, key = _begun(before, file, entry), f"{MatterKind.CHASE}-{file.seq + 1}"
    matter = file.matters[key]
    raised = matter.model_copy(
        update={"chased": matter.chased + 1, "chased_at": matter.chased_at or fact.at},
    )
    return file.with_(matters={**file.matters, key: raised})


def _what_they_ask_for(file: CaseFile) -> str | None:
    """What they asked for before, else the oldest promise."""
    for kind in (MatterKind.CHASE, MatterKind.PROMISE):
        if keys := [key for key, matter in file.matters.items() if matter.kind is kind]:
            return keys[0]
    return None


def lapsed(file: CaseFile, fact: DeadlineMissed, entry: Entry) -> CaseFile:
    """What waits for somebody outside goes on by itself when its day has come."""
    matter = file.matters.get(fact.key)
    if matter is None or not stage_of(matter).lapses:
        return file
    matters = dict(file.matters)
    _onwards(matters, fact.key, stage_of(matter).lapses_to, entry)
    file = file.with_(matters=matters)
    letter = stage_of(matters[fact.key]).writes if fact.key in matters else None
    if letter is None:
        return file
    return file.owing(letter, f"{letter}-{file.seq + 1}", matter.about, entry.recorded_at)
