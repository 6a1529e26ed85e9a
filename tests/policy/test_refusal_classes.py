"""Every refusal says which row and section refuse and what is missing, in a sentence for officers."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from temporalio.exceptions import ApplicationError

from policy import refusals
from policy.case_file import CaseFile
from policy.facts.assessing import Exclusion, Limb
from policy.facts.closing import Closing
from policy.facts.people import Person
from policy.facts.promising import PromiseKept, PromiseMade
from policy.facts.publicity import PublicityApproved, PublicityWorded
from policy.facts.reporting import HatePerception, Perceiver
from policy.facts.ruling import EditionAdopted
from policy.facts.surveillance import Method, SurveillanceAsked, SurveillanceAuthorised
from policy.refusals import Refusal, Refused
from policy.rows import SECTION_OF_ROW, section_of
from tests.given import SUPERVISOR, assessed, case_of, contact, entry, london, report
from tests.policy import happenings as h
from workflows.case_kind import CaseKind
from workflows.loop import Loop

MONDAY = london(2023, 6, 5)
LATER = MONDAY + timedelta(days=1)


def ordinary(*more: object) -> CaseFile:
    return h.recorded(case_of(report(MONDAY)), *more)  # type: ignore[arg-type] # facts


def ready() -> CaseFile:
    return ordinary(contact(MONDAY), assessed(MONDAY))


def serious() -> CaseFile:
    told = case_of(report(MONDAY, "violence", police_advised=True), contact(MONDAY))
    return h.recorded(told, assessed(MONDAY, serious=True), h.appointment(MONDAY))


def key_used_twice() -> None:
    loop = Loop(CaseKind(), case_of(report(MONDAY)), {}, ())
    first = entry(contact(MONDAY), id_="one key")
    loop.accept(first)
    loop.refuse(first)
    try:
        loop.refuse(entry(contact(LATER), id_="one key").model_copy(update={"digest": "another"}))
    except ApplicationError as error:
        raise error.__cause__ or error from None


NO_STRAND = HatePerception(strands=(), perceived_by=Perceiver.VICTIM)
BOTH = assessed(MONDAY).model_copy(update={"exclusion": Exclusion.ONE_OFF})
LIMB_C = assessed(MONDAY).model_copy(update={"limb": Limb.HOUSING_RELATED_NUISANCE})
CAMERA = SurveillanceAsked(at=MONDAY, method=Method.OVERT, necessity="Nothing milder would do.", impact="Small.")
AUTHORISED = SurveillanceAuthorised(
    at=LATER, matter="surveillance-2", reasons="Needed.", ends=LATER.date() + timedelta(days=20)
)
WORDED = PublicityWorded(at=MONDAY, matter="publicity-3", words="A court has acted.")
APPROVED = PublicityApproved(
    at=LATER, matter="publicity-3", nobody_named=True, nothing_points_to_them=True, words="Good."
)

REFUSED: dict[str, tuple[Callable[[], object], str, tuple[str, ...]]] = {
    "FactInTheFuture": (
        lambda: h.recorded(ordinary(), contact(LATER), recorded_at=MONDAY),
        "as-of",
        ("a time in the past",),
    ),
    "FactBeforeTheReport": (lambda: ordinary(contact(MONDAY - timedelta(days=1))), "as-of", ()),
    "KeyUsedForAnotherFact": (key_used_twice, "register-every-report", ()),
    "CaseIsClosed": (
        lambda: h.recorded(ready(), h.closed(LATER, Closing.DEALT_WITH), contact(LATER)),
        "closing-letter",
        (),
    ),
    "CaseAlreadyReported": (lambda: ordinary(report(LATER)), "register-every-report", ()),
    "CategoryUnknown": (lambda: case_of(report(MONDAY, "littering")), "asb-categories", ()),
    "DefinitionNotMet": (lambda: ordinary(LIMB_C), "statutory-limb", ("housing_function",)),
    "ExclusionDoesNotApply": (lambda: ordinary(BOTH), "not-usually-asb", ()),
    "HateIsSerious": (lambda: ordinary(h.hate(MONDAY), assessed(MONDAY)), "hate-is-serious", ()),
    "HateNeedsAStrand": (lambda: ordinary(h.hate(MONDAY, NO_STRAND)), "hate-by-perception", ("strands",)),
    "IntervalNotAgreeable": (lambda: ordinary(contact(MONDAY, every=99)), "regular-contact", ()),
    "ComplainantCannotBeReached": (
        lambda: h.recorded(case_of(report(MONDAY, complainant=Person())), contact(MONDAY)),
        "regular-contact",
        (),
    ),
    "AdviceDoesNotFit": (lambda: h.recorded(serious(), h.advice(LATER)), "honest-advice", ()),
    "NothingToLookAtAgain": (lambda: ordinary(h.second_look(MONDAY)), "honest-advice", ()),
    "AnotherPersonMustLook": (
        lambda: h.recorded(
            ordinary(h.advice(MONDAY), h.second_look(MONDAY)), h.second_look_answered(LATER), by=h.OFFICER
        ),
        "honest-advice",
        (),
    ),
    "CaseNotReadyToClose": (
        lambda: ordinary(contact(MONDAY), h.proposal(LATER)),
        "closing-letter",
        ("assessment",),
    ),
    "NoClosureProposed": (lambda: ordinary(h.approval(MONDAY)), "closing-letter", ()),
    "AnotherPersonMustApprove": (
        lambda: h.recorded(serious(), h.proposal(LATER), h.approval(LATER), by=SUPERVISOR),
        "closing-letter",
        (),
    ),
    "NotAnImmediateClosure": (
        lambda: h.recorded(serious(), h.closed(LATER, Closing.UNJUSTIFIED)),
        "immediate-closure",
        (),
    ),
    "LetterNotOwed": (lambda: ordinary(h.sent(MONDAY, "no such letter")), "acknowledge", ()),
    "MatterNotOpen": (
        lambda: h.recorded(ordinary(), PromiseKept(at=LATER, matter="promise-1", words="Rang her.")),
        "promise-ledger",
        (),
    ),
    "DayNotAgreeable": (
        lambda: h.recorded(ordinary(), PromiseMade(at=LATER, words="I will ring.", by_when=MONDAY.date())),
        "bounded-waits",
        ("by_when",),
    ),
    "MediationDoesNotFit": (
        lambda: ordinary(h.hate(MONDAY), *h.referred_to_mediation(LATER)),
        "mediation",
        (),
    ),
    "MediationNotAgreed": (
        lambda: ordinary(*h.referred_to_mediation(MONDAY, 2)[:2], *h.referred_to_mediation(MONDAY)[4:]),
        "mediation",
        ("agreement of the person complained about",),
    ),
    "NoConsentForPolice": (
        lambda: ordinary(h.hate(MONDAY), h.police_referral(LATER)),
        "police-with-consent",
        ("victim's consent",),
    ),
    "ReviewIncomplete": (
        lambda: ordinary(h.review(LATER).model_copy(update={"answers": dict(list(h.ANSWERS.items())[1:])})),
        "review-meetings",
        ("policy_followed",),
    ),
    "PowersNotWeighed": (
        lambda: ordinary(h.hate(MONDAY), h.review(LATER).model_copy(update={"powers": h.POWERS[1:]})),
        "hate-strongest-action",
        (h.POWERS[0].power,),
    ),
    "CovertNotAllowed": (
        lambda: ordinary(CAMERA.model_copy(update={"method": Method.COVERT})),
        "surveillance",
        (),
    ),
    "AskerCannotAuthorise": (
        lambda: h.recorded(ordinary(), CAMERA, AUTHORISED, by=SUPERVISOR),
        "surveillance",
        (),
    ),
    "EffectNotRecorded": (
        lambda: ordinary(h.success(MONDAY)),
        "effect-and-causes",
        ("effect on the community and causes",),
    ),
    "WriterCannotApprove": (
        lambda: h.recorded(ordinary(h.effect(MONDAY)), h.success(MONDAY), WORDED, APPROVED, by=SUPERVISOR),
        "publicise-action",
        (),
    ),
    "VictimCouldBeKnown": (
        lambda: ordinary(
            h.effect(MONDAY), h.success(MONDAY), WORDED, APPROVED.model_copy(update={"nobody_named": False})
        ),
        "publicise-action",
        ("nobody named",),
    ),
    "EditionNotKnown": (
        lambda: ordinary(EditionAdopted(at=MONDAY, edition="1999-01-01", reasons="Nostalgia.")),
        "editions",
        (),
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_names_its_row_its_section_and_what_is_missing(name: str) -> None:
    act, row, missing = REFUSED[name]
    with pytest.raises(Refused) as refused:
        act()
    refusal = refused.value.refusal
    assert (refusal.refused, refusal.row, refusal.missing) == (name, row, missing)
    assert refusal.section == section_of(row)
    assert refusal.sentence == str(refused.value)
    assert refusal.sentence[-1] in ".:"
    assert Refusal.model_validate_json(refusal.model_dump_json()) == refusal


def test_every_refusal_has_its_example_here() -> None:
    assert set(REFUSED) == {kind.__name__ for kind in Refused.__subclasses__()}


def test_every_refusal_stands_in_the_module_of_refusals_and_names_a_row_that_is_carried_out() -> None:
    for kind in Refused.__subclasses__():
        assert getattr(refusals, kind.__name__) is kind
        assert kind.row in SECTION_OF_ROW
