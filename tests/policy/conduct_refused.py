"""An example of each refusal about evidence, the police, reviews and those complained about."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from policy.case_file import CaseFile
from policy.facts import SYSTEM, CaseFact
from policy.facts.consent import ConsentAsked, ConsentRefused, Purpose
from policy.facts.proceedings import LegalActionFinished, LegalActionProposed, LegalOrderMade, LegalStage
from policy.facts.publicity import PublicityApproved, PublicityWorded
from policy.facts.surveillance import Method, SurveillanceAsked, SurveillanceAuthorised
from policy.tenure import Tenure
from tests.given import SUPERVISOR, case_of, london, report
from tests.policy import happenings as h
from tests.policy.warned import to_be_warned

MONDAY = london(2023, 6, 5)
LATER = MONDAY + timedelta(days=1)


def ordinary(*more: CaseFact) -> CaseFile:
    return h.recorded(case_of(report(MONDAY)), *more)


CAMERA = SurveillanceAsked(at=MONDAY, method=Method.OVERT, necessity="Nothing milder would do.", impact="Small.")
AUTHORISED = SurveillanceAuthorised(
    at=LATER, matter="surveillance-2", reasons="Needed.", ends=LATER.date() + timedelta(days=20)
)
WORDED = PublicityWorded(at=MONDAY, matter="publicity-3", words="A court has acted.")
APPROVED = PublicityApproved(
    at=LATER, matter="publicity-3", nobody_named=True, nothing_points_to_them=True, words="Good."
)
ASKED = ConsentAsked(at=MONDAY, purpose=Purpose.PUBLICITY, words="By letter.")
NO = ConsentRefused(at=MONDAY, purpose=Purpose.PUBLICITY, words="Leave me out of it.")

ORDERED = {"at": MONDAY, "matter": "legal-action-3"}


def order_set_aside() -> CaseFile:
    file = to_be_warned(
        LegalActionProposed(
            at=MONDAY,
            remedy="injunction",
            person="perpetrator-1",
            tenure=Tenure.ASSURED,
            very_serious="A knife.",
            reasons="So.",
        )
    )
    over = LegalActionFinished(**ORDERED, stage=LegalStage.OVER, set_aside=True)
    return h.recorded(file, LegalOrderMade(**ORDERED, stage=LegalStage.IN_FORCE), over, by=SYSTEM)


CONDUCT_REFUSED: Final[dict[str, tuple[Callable[[], object], str, tuple[str, ...]]]] = {
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
        ("Has the policy been followed, and where not, why?",),
    ),
    "PowersNotWeighed": (
        lambda: ordinary(h.hate(MONDAY), h.review(LATER).model_copy(update={"powers": h.POWERS[1:]})),
        "hate-strongest-action",
        ("Interview, with support and a chance to change",),
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
    "OrderDoesNotStand": (
        lambda: h.recorded(order_set_aside(), h.success(LATER)),
        "publicise-action",
        ("whether this is the court's order",),
    ),
    "VictimHasNotAnswered": (
        lambda: h.recorded(
            ordinary(h.effect(MONDAY), h.success(MONDAY), WORDED, ASKED),
            APPROVED,
            by=SUPERVISOR,
        ),
        "publicise-action",
        ("the answer of the complainant",),
    ),
    "VictimWantsNoPublicity": (
        lambda: h.recorded(
            ordinary(h.effect(MONDAY), h.success(MONDAY), WORDED, NO),
            APPROVED,
            by=SUPERVISOR,
        ),
        "publicise-action",
        (),
    ),
}
