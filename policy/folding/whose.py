"""Whose is what was told and done on a case, once it turns out who somebody is. (anyone-affecting-us)"""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any, Final, TypeVar

from policy.care import DayBefore, Disability, DomesticAbuse, Hearing, Helped, Risk, SafeWay
from policy.case_file import CaseFile, Matter, later
from policy.company import COMPLAINANT, NOBODY
from policy.conduct import Group, Informed, Referred, ToldOf, Warned
from policy.disability import under_one_name as what_was_known
from policy.facts.consent import Purpose
from policy.facts.matters import MatterKind
from policy.legal_action.proven import ProvenAgainst

K = TypeVar("K", Matter, Warned, ProvenAgainst)

_FOR_SOMEBODY: Final = frozenset({MatterKind.ACCOMMODATION, MatterKind.HEALTH_CONTACT})
"""For the complainant where nobody is named."""


def never_there(file: CaseFile, keys: Collection[str]) -> CaseFile:
    """Nor is anything of theirs."""
    file = _without_what_they_had(file, keys)
    hearings = {
        key: hearing.model_copy(
            update={"people": _without(hearing.people, keys), "moved_from": _days_without(hearing, keys)}
        )
        for key, hearing in file.hearings.items()
    }
    return file.with_(
        people=_without(file.people, keys),
        risks=_without(file.risks, keys),
        safety=_without(file.safety, keys),
        safe_ways=_without(file.safe_ways, keys),
        wrong_way_since=_without(file.wrong_way_since, keys),
        domestic_abuse=_without(file.domestic_abuse, keys),
        needs={key: need for key, need in file.needs.items() if need.person not in keys},
        hearings=hearings,
        police=file.police.model_copy(update={"ask_from": _without(file.police.ask_from, keys)}),
    )


def with_somebody_else(file: CaseFile, key: str, at: datetime) -> CaseFile:
    """Neither the word nor the help of whoever they were taken for is theirs, nor the ways that were safe. What
    they need was seen, and so a disability is suspected of them still; no meeting was about them.
    """
    supported = [number for number, one in file.hearings.items() if _kept_of(one.given, {key}) != one.given]
    asked = f"{Purpose.POLICE}:{key}" in {*file.asked, *file.consents}
    suspected = file.disability.get(key, Disability()).suspected
    file = _without_what_they_had(file, {key})
    if suspected:
        file = file.with_(disability={**file.disability, key: Disability(suspected=suspected)})
    if asked:
        ask_from = {**file.police.ask_from, key: at}
        file = file.with_(police=file.police.model_copy(update={"ask_from": ask_from}))
    abuse, way, safety = file.domestic_abuse.get(key), file.safe_ways.get(key), file.safety.get(key)
    if abuse is not None:
        done = dict.fromkeys((what for what in Helped.model_fields if abuse.owed_since(what) is None), at)
        again = DomesticAbuse(since=abuse.since, again_since={**abuse.again_since, **done})
        file = file.with_(domestic_abuse={**file.domestic_abuse, key: again})
    if way is not None and way.means:
        file = file.with_(safe_ways={**file.safe_ways, key: SafeWay(told_at=at)})
    file = file.with_(wrong_way_since=_without(file.wrong_way_since, {key}))
    for number in supported:
        hearing = file.hearings[number]
        anew = hearing.model_copy(update={"people": {**hearing.people, key: at}})
        file = file.with_(hearings={**file.hearings, number: anew})
    if safety is not None:
        file = file.with_(safety={**file.safety, key: safety.model_copy(update={"sought_at": None})})
    return file


def with_place_filled(file: CaseFile, place: str, key: str, at: datetime) -> CaseFile:
    """The empty place is that of `key` from then on: what was told of it is theirs, a no too; what was done for
    nobody whom we knew is done again, and whoever is known now is asked themselves.
    """
    risk, safety = file.risks.get(place), file.safety.get(place)
    abuse, way = file.domestic_abuse.get(place), file.safe_ways.get(place)
    wrong_since = file.wrong_way_since.get(place)
    told = [need.model_copy(update={"person": key}) for need in file.needs.values() if need.person == place]
    refused = {
        one: answers
        for one, answers in file.consents.items()
        if one.partition(":")[2] == place and not answers[-1].agreed
    }
    theirs = [number for number, matter in file.matters.items() if matter.person == place]
    told_of = _told_of_as(file, lambda who: key if who == place else who)
    file = never_there(told_of, {place})
    file = file.with_(informed=told_of.informed, groups=told_of.groups, referrals=told_of.referrals)
    refused = {f"{one.partition(':')[0]}:{key}": answers for one, answers in refused.items()}
    file = file.with_(consents=refused | file.consents)
    if risk is not None:
        file = file.with_(risks={**file.risks, key: Risk(owed_since=risk.owed_since or at, asked=risk.asked)})
    if safety is not None:
        file = file.with_(safety={**file.safety, key: safety.model_copy(update={"considered_at": None})})
    if abuse is not None:
        file = file.with_(domestic_abuse={**file.domestic_abuse, key: DomesticAbuse(since=abuse.since)})
    if way is not None:
        file = file.with_(safe_ways={**file.safe_ways, key: way})
    if wrong_since is not None:
        file = file.with_(wrong_way_since={**file.wrong_way_since, key: wrong_since})
    matters = {
        number: matter.model_copy(update={"person": key}) if number in theirs else matter
        for number, matter in file.matters.items()
    }
    return file.with_(needs={**file.needs, **{f"{key}:{need.kind}": need for need in told}}, matters=matters)


def under_one_name(file: CaseFile, name: str, key: str) -> CaseFile:
    """Somebody was put there twice: what they said under the other `name`, and what was told of them so, stays."""
    consents = dict(file.consents)
    for said, answers in file.consents.items():
        purpose, _, whose = said.partition(":")
        if whose == name:
            both = (*consents.get(f"{purpose}:{key}", ()), *answers)
            consents[f"{purpose}:{key}"] = tuple(sorted(both, key=lambda one: one.at))
    file = file.with_(consents=consents, **_theirs_as(file, name, key))
    return _told_of_as(file, lambda who: key if who == name else who)


def _theirs_as(file: CaseFile, name: str, key: str) -> dict[str, Any]:
    """What we know of a disability, what was proven and what they were warned of under that name."""

    def as_known(one: K) -> K:
        return one.model_copy(update={"person": key}) if one.person == name else one

    def signed(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(key if one == name else one for one in names))

    disability = file.disability
    if name in disability:
        both = disability.get(key, Disability()).with_(what_was_known(file, name, key))
        disability = {**disability, key: both}
    matters = {
        number: as_known(one).model_copy(
            update={"signed_by": signed(one.signed_by), "broken_by": signed(one.broken_by)}
        )
        for number, one in file.matters.items()
    }
    return {
        "disability": disability,
        "warnings": {number: as_known(one) for number, one in file.warnings.items()},
        "proven": {number: as_known(one) for number, one in file.proven.items()},
        "matters": matters,
    }


def _told_of_as(file: CaseFile, called: Callable[[str], str | None]) -> CaseFile:
    """What others were told, and may be, of whoever is `called` so now; None is somebody else, or nobody."""

    def about(known: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(now for who in known if (now := called(who)) is not None))

    def heard(known: Mapping[str, datetime]) -> dict[str, datetime]:
        found: dict[str, datetime] = {}
        for said, at in known.items():
            what, colon, who = said.rpartition(":")
            if (now := called(who)) is not None:
                found[f"{what}{colon}{now}"] = later(found.get(f"{what}{colon}{now}"), at)
        return found

    def of_decisions(one: Group | Referred | ToldOf) -> dict[str, Any]:
        decided = tuple(each.model_copy(update={"about": about(each.about)}) for each in one.decided)
        return {"about": about(one.about), "decided": decided}

    def of_agencies(one: Informed) -> dict[str, Any]:
        told = tuple(each.model_copy(update=of_decisions(each)) for each in one.told)
        return {"told": told, "heard": heard(one.heard)}

    def of_group(one: Group) -> Group:
        return one.model_copy(update=of_decisions(one) | of_agencies(one))

    def of_referral(one: Referred) -> Referred:
        """Where it says of somebody what is true of another it does not stand."""
        begins = one.begins and one.begins.model_copy(update={"about": about(one.begins.about)})
        wrong = one.wrong or any(called(who) is None for who in one.about)
        return one.model_copy(
            update=of_decisions(one) | {"begins": begins, "knows": about(one.knows), "wrong": wrong}
        )

    return file.with_(
        informed={key: one.model_copy(update=of_agencies(one)) for key, one in file.informed.items()},
        groups={number: of_group(one) for number, one in file.groups.items()},
        referrals={number: of_referral(one) for number, one in file.referrals.items()},
        police_told=file.police_told.model_copy(update={"heard": heard(file.police_told.heard)}),
    )


def _without_what_they_had(file: CaseFile, keys: Collection[str]) -> CaseFile:
    """What they said and were told, and what was begun for them: it goes on for nobody on the case."""
    file = _told_of_as(file, lambda who: None if who in keys else who)
    if COMPLAINANT in keys:
        file = file.with_(police_advised_at=None, appointment_offered_at=None)
    hearings = {
        number: hearing.model_copy(
            update={"given": _kept_of(hearing.given, keys), "moved_from": _days_without(hearing, keys)}
        )
        for number, hearing in file.hearings.items()
    }
    told = {what: one.model_copy(update={"others": _without(one.others, keys)}) for what, one in file.told.items()}
    matters = {number: _no_longer_of(matter, keys) for number, matter in file.matters.items()}
    return file.with_(
        asked=_kept_of(file.asked, keys),
        consents=_kept_of(file.consents, keys),
        helped=_without(file.helped, keys),
        disability=_without(file.disability, keys),
        warnings={key: one for key, one in file.warnings.items() if one.person not in keys},
        proven={key: one for key, one in file.proven.items() if one.person not in keys},
        hearings=hearings,
        told=told,
        matters=matters,
    )


def _days_without(hearing: Hearing, keys: Collection[str]) -> tuple[DayBefore, ...]:
    return tuple(
        one.model_copy(update={"people": _without(one.people, keys), "given": _kept_of(one.given, keys)})
        for one in hearing.moved_from
    )


def _no_longer_of(matter: Matter, keys: Collection[str]) -> Matter:
    theirs = {
        "signed_by": tuple(one for one in matter.signed_by if one not in keys),
        "broken_by": tuple(one for one in matter.broken_by if one not in keys),
    }
    person = NOBODY if _is_for(matter, keys) else matter.person
    return matter.model_copy(update={"person": person, **theirs})


def _is_for(matter: Matter, keys: Collection[str]) -> bool:
    person = COMPLAINANT if matter.person is None and matter.kind in _FOR_SOMEBODY else matter.person
    return person in keys


def _kept_of(kept: Mapping[str, object], keys: Collection[str]) -> dict[str, object]:
    """Of what is called `before:witness-2`, or `police:witness-2`."""
    return {what: one for what, one in kept.items() if what.partition(":")[2] not in keys}


def _without(kept: Mapping[str, object], keys: Collection[str]) -> dict[str, object]:
    return {key: one for key, one in kept.items() if key not in keys}
