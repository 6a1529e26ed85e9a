"""Cameras, agreements, publicity: who decides, and what must be known first."""

from policy.case_file import CaseFile, Matter
from policy.company import called
from policy.consents import awaited, refusal, victims, victims_agree
from policy.editions import Edition
from policy.facts import Entry
from policy.facts.agreeing import AgreementBreached, AgreementProposed, AgreementSigned
from policy.facts.base import Fact
from policy.facts.closing import ClosureProposed, Outcome
from policy.facts.consent import Purpose
from policy.facts.effects import Cause, EffectRecorded
from policy.facts.matters import MatterKind, RunsOut
from policy.facts.proceedings import LegalActionProposed
from policy.facts.publicity import PublicityApproved, PublicityGivenOut, PublicityWorded, SuccessRecorded
from policy.facts.surveillance import (
    Method,
    Operator,
    SurveillanceAsked,
    SurveillanceAuthorised,
    SurveillanceRenewed,
)
from policy.facts.tenancies import StarterTenancyEndDecided
from policy.facts.warning import NoticeProposed, WarningProposed
from policy.matters import stage_of
from policy.matters.publicity import no_order_stands
from policy.refusals import DayNotAgreeable, MatterNotOpen
from policy.refusals.conduct import (
    AskerCannotAuthorise,
    CovertNotAllowed,
    EffectNotRecorded,
    OrderDoesNotStand,
    VictimCouldBeKnown,
    VictimHasNotAnswered,
    VictimWantsNoPublicity,
    WriterCannotApprove,
)
from policy.rules.disability import tenancy_may_be_ended
from policy.rules.matters import called_of, end_is_agreeable
from policy.tenure import Tenure
from policy.working_days import day_in_words, listed, london_day, moment_in_words

PublicityStep = PublicityWorded | PublicityApproved | PublicityGivenOut

NEED_THE_EFFECT: tuple[type[Fact], ...] = (
    AgreementProposed,
    SuccessRecorded,
    WarningProposed,
    NoticeProposed,
    LegalActionProposed,
)
"""Decisions on action: what the behaviour does and what plays a part in it is recorded before them."""


def effect_is_known(file: CaseFile, kind: type[Fact]) -> None:
    """(effect-and-causes, section 6)"""
    if kind in NEED_THE_EFFECT and file.effect is None:
        raise EffectNotRecorded(
            "First record the effect on the community, and whether drugs, alcohol, mental health, disability or "
            "cultural difference plays a part.",
            missing=("effect on the community and causes",),
            missing_facts=("effect_recorded",),
        )


def effect_was_weighed(file: CaseFile, fact: Fact) -> None:
    """The same for what is a decision on action only where it says so."""
    enforced = isinstance(fact, ClosureProposed) and fact.outcome is Outcome.ENFORCED
    effect_is_known(file, AgreementProposed if enforced else type(fact))


def causes_are_said(fact: EffectRecorded) -> None:
    if not fact.causes:
        raise EffectNotRecorded(
            "Say what plays a part, or that nothing is known to.",
            missing=("what plays a part",),
            missing_facts=("effect_recorded",),
        )
    if Cause.NONE_KNOWN in fact.causes and len(fact.causes) > 1:
        raise EffectNotRecorded(
            "Either nothing is known to play a part, or something is: choose one.",
            missing=("what plays a part, or that nothing does",),
            missing_facts=("effect_recorded",),
        )


def not_covert_by_us(fact: SurveillanceAsked, edition: Edition) -> None:
    """(surveillance, section 5; our reading)"""
    ours = fact.method is Method.COVERT and fact.operator is Operator.LANDLORD
    if ours and not edition.surveillance.covert_allowed:
        raise CovertNotAllowed("We do not film anybody in secret ourselves. Ask the police, who may be able to.")


def somebody_else_authorises(
    file: CaseFile, fact: SurveillanceAuthorised | SurveillanceRenewed, entry: Entry, edition: Edition
) -> None:
    """Who asked for it neither authorises nor renews it. (surveillance, section 5)"""
    end_is_agreeable(fact, london_day(fact.at), edition.surveillance.longest_days)
    matter = file.matters.get(fact.matter)
    if matter is not None and matter.begun_by == entry.by.id:
        raise AskerCannotAuthorise("You asked for this camera, so somebody else must authorise or renew it.")


def ends_in_time(fact: Fact, edition: Edition) -> None:
    if isinstance(fact, RunsOut):
        end_is_agreeable(fact, london_day(fact.at), edition.matters.longest_days)


def is_a_starter_tenancy(fact: Fact, edition: Edition) -> None:
    """Until the last day on which the law has them. (starter-tenancy, section 4)"""
    ends_in_time(fact, edition)
    if why := edition.legal.why_no_tenure(Tenure.STARTER, london_day(fact.at)):
        raise DayNotAgreeable(f"{why} It has become a full one: say that it was passed.")
    last = edition.legal.tenure_ends(Tenure.STARTER)
    if isinstance(fact, RunsOut) and last is not None and fact.ends > last:
        raise DayNotAgreeable(
            f"Starter tenancies end on {day_in_words(last)} by law: give a day until then.",
            missing=("a day on which there still are starter tenancies",),
        )


def starter_tenancy_may_end(file: CaseFile, fact: StarterTenancyEndDecided, edition: Edition) -> None:
    """(starter-tenancy, section 4; disability-meeting, section 6)"""
    is_a_starter_tenancy(fact, edition)
    tenancy_may_be_ended(file, fact.matter, fact.at)


def agreement_holds_for_a_time(fact: AgreementSigned, edition: Edition) -> None:
    """(agreements, section 4)"""
    ends_in_time(fact, edition)
    if fact.starts >= fact.ends:
        raise DayNotAgreeable("An agreement starts before it ends.", missing=("a start before its end",))


def agreement_is_signed(file: CaseFile, fact: AgreementBreached) -> None:
    """(agreements, section 4)"""
    signed = _signed(file)
    if fact.agreement not in signed:
        known = called_of(signed) or "none"
        raise MatterNotOpen(f"There is no signed agreement called {fact.agreement}. Signed: {known}.")


def some_agreement_is_signed(file: CaseFile, _edition: Edition) -> None:
    if not _signed(file):
        raise MatterNotOpen("No signed agreement on this case could be broken.")


def _signed(file: CaseFile) -> list[str]:
    return [k for k, one in file.matters.items() if one.kind is MatterKind.AGREEMENT and one.stage == "signed"]


def success_stands(file: CaseFile, fact: SuccessRecorded) -> None:
    """(publicise-action, sections 3 and 5)"""
    if not no_order_stands(file) or fact.of_an_order is False:
        return
    if fact.of_an_order:
        raise OrderDoesNotStand("The court's order did not stand: nobody is told of it.")
    raise OrderDoesNotStand(
        "A court's order on this case was set aside: say whether this success is that order or something else.",
        missing=("whether this is the court's order",),
    )


def order_stood_then(file: CaseFile, fact: PublicityStep) -> None:
    """As far as we knew. What had happened by then is written down. (publicise-action, sections 3 and 5)"""
    matter = file.matters.get(fact.matter)
    known_at = file.orders.get(matter.code or "") if matter is not None and stage_of(matter).fallen else None
    if known_at is not None and fact.at >= known_at:
        raise OrderDoesNotStand(
            f"The court set the order aside, as we know since {moment_in_words(known_at)}: nobody is told of it"
            " from then on. If this was done before, say when; else record that nothing is published.",
            missing=("a time before that",),
            missing_facts=("publicity_declined",),
        )


def no_victim_is_against_it(file: CaseFile) -> None:
    """Our reading: a victim who says no is heard, and one who was asked answers first. (publicise-action)"""
    if victims_agree(file, Purpose.PUBLICITY) is False:
        raise VictimWantsNoPublicity("A victim does not want this made public. Record that nothing is published.")
    if waiting := [called(who) for who in victims(file) if awaited(file, Purpose.PUBLICITY, who)]:
        raise VictimHasNotAnswered(
            f"We have asked whether this may be made public, and wait for the answer of {listed(waiting)}. If none"
            " comes, record that nothing is published.",
            missing=tuple(f"the answer of {who}" for who in waiting),
            missing_facts=("consent_given", "consent_refused", "publicity_declined"),
        )


def may_be_given_out(file: CaseFile, fact: PublicityGivenOut) -> None:
    """A no that came after it was given out undoes nothing."""
    order_stood_then(file, fact)
    noes = [no.at for who in victims(file) if (no := refusal(file, Purpose.PUBLICITY, who)) is not None]
    if not noes or min(noes) <= fact.at:
        no_victim_is_against_it(file)


def nobody_can_be_known(file: CaseFile, fact: PublicityApproved, entry: Entry) -> None:
    """(publicise-action, section 3)"""
    order_stood_then(file, fact)
    no_victim_is_against_it(file)
    if _is_by(file.matters.get(fact.matter), entry):
        raise WriterCannotApprove("You wrote this, so somebody else must approve it.")
    said = {
        "nobody named": fact.nobody_named,
        "nothing points to them": fact.nothing_points_to_them,
    }
    if missing := tuple(name for name, so in said.items() if not so):
        raise VictimCouldBeKnown(
            "Nothing may be published in which a victim or witness is named or could be recognised.",
            missing=missing,
        )


def _is_by(matter: Matter | None, entry: Entry) -> bool:
    return matter is not None and matter.by == entry.by.id
