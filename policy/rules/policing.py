"""Whether the police may be told."""

from collections.abc import Collection
from datetime import datetime

from policy.case_file import CaseFile
from policy.conduct import PoliceTelling
from policy.consents import (
    had_refused_the_police,
    own_victims,
    police_told_against,
    refusal,
    victims,
    victims_agree,
    wants_none_told,
)
from policy.editions import Edition
from policy.editions.table import choices
from policy.facts import Entry
from policy.facts.consent import Purpose
from policy.facts.policing import PoliceReferralEnded, PoliceReferralMade
from policy.facts.powers import ClosureAsked, PowerAsked
from policy.facts.safety import PartnersConsulted
from policy.police_consent import victims_let_it
from policy.refusals import FactBeforeTheReport, MatterNotOpen
from policy.refusals.conduct import NoConsentForPolice
from policy.refusals.safety import AgencyUnknown
from policy.rules.lawful_reasons import decided_by_a_supervisor, is_a_lawful_reason

_SAID_NO = "{who} does not want the police told. Respect that"
_NOT_SAID = "The victim has not agreed to it. Ask them first"
_ANOTHER = "Another victim has not answered. Ask them first"
_NOBODY = "A victim has said that no agency is to be told. Ask them about the police first"


def police_may_be_told(
    file: CaseFile,
    fact: PoliceReferralMade | PowerAsked | ClosureAsked | PartnersConsulted,
    entry: Entry,
    edition: Edition,
) -> None:
    """A victim who says no is heard, also one who wants no agency told and has not said since that the police may
    be, and of hate each who can still answer; unless a supervisor names a lawful reason. What they say after it
    was made does not undo it: the police are told. (police-with-consent, section 3)
    """
    if isinstance(fact, PoliceReferralMade):
        _is_of_the_police(fact.agency, edition)
    if fact.lawful_reason is not None:
        is_a_lawful_reason(fact.lawful_reason, edition, NoConsentForPolice)
        decided_by_a_supervisor(entry, "tell the police without the victim's consent", NoConsentForPolice)
    elif not (_let_it(file, fact.at) or _let_it(file, entry.recorded_at)):
        raise victims_do_not_let_it(file)


def _is_of_the_police(key: str, edition: Edition) -> None:
    police = [agency for agency in edition.agencies if agency.police]
    if key not in {agency.key for agency in police}:
        raise AgencyUnknown(f"{key} is not one of these: {choices(police)}.", missing=("to whom",))


def _let_it(file: CaseFile, at: datetime) -> bool:
    return victims_let_it(file, at) and not wants_none_told(file, at)


def police_were_told(file: CaseFile, _edition: Edition) -> None:
    if file.police_told.at is None and not file.police_told.tellings:
        raise MatterNotOpen("By this case the police were told of nothing.")
    if not any(had_refused_the_police(file, who) for who in own_victims(file)):
        for one in file.brought.values():
            if refusal(file, Purpose.POLICE, one.from_case) is not None:
                raise MatterNotOpen(
                    f"Who said no is a victim on {one.from_case}, which joined this case: record it there."
                )
        raise MatterNotOpen(
            "By this case no victim has said no to the police being told. Record first what they say.",
            missing_facts=("consent_refused", "consent_withdrawn"),
        )


def a_supervisor_puts_it_right(file: CaseFile, entry: Entry) -> None:
    """What they were told before the victims let it. They hear of no no before it is said."""
    refused = [who for who in own_victims(file) if had_refused_the_police(file, who)]
    was_said_by_then(refused, [who for who in refused if had_refused_the_police(file, who, entry.at)])
    if any(_against_their_word(file, one.told) for one in police_told_against(file)):
        decided_by_a_supervisor(entry, "put right what the police were told without a consent", NoConsentForPolice)


def was_said_by_then(now: Collection[str], then: Collection[str]) -> None:
    """A no, before anybody hears of it."""
    if now and not then:
        raise FactBeforeTheReport("Nobody had said no by then: check the date.", missing=("a later time",))


def a_supervisor_takes_it_back(file: CaseFile, fact: PoliceReferralEnded, entry: Entry) -> None:
    """Of this referral."""
    own = (one for one in file.police_told.tellings if not one.by_case and one.matter == fact.matter)
    if fact.taken_back and any(_against_their_word(file, one) for one in own):
        decided_by_a_supervisor(entry, "put right what the police were told without a consent", NoConsentForPolice)


def _against_their_word(file: CaseFile, told: PoliceTelling) -> bool:
    return told.decided_at is None and not victims_let_it(file, told.at)


def police_may_be_asked(file: CaseFile, fact: PowerAsked | ClosureAsked, entry: Entry, edition: Edition) -> None:
    """For a power of theirs; others are asked as they may be told. (information-sharing)"""
    if (agency := edition.agency(fact.asked_of)) is not None and agency.police:
        police_may_be_told(file, fact, entry, edition)


def victims_do_not_let_it(file: CaseFile) -> NoConsentForPolice:
    agreed = victims_agree(file, Purpose.POLICE)
    what = (
        _SAID_NO.format(who=_who_said_no(file))
        if agreed is False
        else _NOBODY
        if wants_none_told(file)
        else _ANOTHER
        if agreed
        else _NOT_SAID
    )
    return NoConsentForPolice(
        f"{what}, or have a supervisor give a lawful reason.",
        missing=("victim's consent",),
    )


def _who_said_no(file: CaseFile) -> str:
    if not any(refusal(file, Purpose.POLICE, who) for who in file.people):
        return "A victim on a case that joined this one"
    return "The victim" if len(victims(file)) == 1 else "A victim"
