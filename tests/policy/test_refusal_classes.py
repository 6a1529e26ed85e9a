"""Every refusal says which row and section refuse and what is missing, in a sentence for officers."""

import ast
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from temporalio.exceptions import ApplicationError

from policy import lettings, refusals
from policy.case_file import CaseFile
from policy.estates.facts import InspectionsEnded, WithoutACase
from policy.facts import FACT_TYPES
from policy.facts.assessing import Exclusion, Limb
from policy.facts.closing import Closing
from policy.facts.parts import Part
from policy.facts.people import Party, Person
from policy.facts.promising import PromiseKept, PromiseMade
from policy.facts.questionnaires import QuestionnaireAnswered
from policy.facts.reporting import HatePerception, Perceiver
from policy.facts.ruling import ClosureDaysAdopted, EditionAdopted
from policy.facts.signposting import Signposted
from policy.lettings import Applicant, Question
from policy.refusals import Refusal, Refused
from policy.rows import SECTION_OF_ROW, section_of
from tests.given import EDITION, SUPERVISOR, assessed, case_of, contact, entry, london, report
from tests.policy import estates, refused_for_safety
from tests.policy import happenings as h
from tests.policy.beside_refused import (
    ACCESS_REFUSED,
    FOCUS_AREAS_REFUSED,
    PACKS_REFUSED,
    POLICY_REFUSED,
    RETENTION_REFUSED,
)
from tests.policy.conduct_refused import CONDUCT_REFUSED
from tests.policy.estates import History
from tests.policy.groups_refused import GROUPS_REFUSED
from tests.policy.legal_refused import LEGAL_REFUSED
from tests.policy.random_safety import kept_safe
from tests.policy.referral_refused import REFERRAL_REFUSED
from tests.policy.review_refused import REVIEW_REFUSED
from workflows.case_kind import CaseKind, CaseStart
from workflows.loop import Loop, Receipt

MONDAY = london(2023, 6, 5)
LATER = MONDAY + timedelta(days=1)


def ordinary(*more: object) -> CaseFile:
    return h.recorded(case_of(report(MONDAY)), *more)  # type: ignore[arg-type] # facts


def ready() -> CaseFile:
    return ordinary(contact(MONDAY), assessed(MONDAY))


def serious() -> CaseFile:
    told = case_of(report(MONDAY, "violence", police_advised=True), contact(MONDAY))
    told = h.recorded(told, assessed(MONDAY, serious=True), h.appointment(MONDAY), *kept_safe(MONDAY))
    return h.recorded(told, h.review(MONDAY), h.not_told(MONDAY), h.discussed(MONDAY))


def key_used_twice() -> None:
    first = entry(contact(MONDAY), id_="one key")
    known = {first.id: Receipt(seq=2, digest=first.digest)}
    loop = Loop(CaseKind(), CaseStart(file=case_of(report(MONDAY)), known=known))
    loop.refuse(first)
    try:
        loop.refuse(entry(contact(LATER), id_="one key").model_copy(update={"digest": "another"}))
    except ApplicationError as error:
        raise error.__cause__ or error from None


def no_longer() -> History:
    place = History()
    place.tell(InspectionsEnded(at=MONDAY, reasons="Sold."))
    return place


def reported_to_nobody() -> None:
    place = History()
    place.tell(estates.ended(LATER, place.found(MONDAY), WithoutACase.REPORTED_ELSEWHERE))


NOBODY = Applicant(name="Robin Invented", address=("7 Invented Row",))


def questionnaire(answers: dict[str, str]) -> CaseFile:
    file = h.recorded(ready(), h.proposal(MONDAY))
    file = h.recorded(file, h.sent(MONDAY, "closing-letter-4"), h.closed(MONDAY))
    return h.recorded(file, QuestionnaireAnswered(at=LATER, matter="questionnaire-6", answers=answers))


NO_STRAND = HatePerception(strands=(), perceived_by=Perceiver.VICTIM)
BOTH = assessed(MONDAY).model_copy(update={"exclusion": Exclusion.ONE_OFF})
LIMB_C = assessed(MONDAY).model_copy(update={"limb": Limb.HOUSING_RELATED_NUISANCE})
REFUSED: dict[str, tuple[Callable[[], object], str, tuple[str, ...]]] = {
    "AlreadyOnTheCase": (
        lambda: ordinary(*[h.taken_on(MONDAY, "witness-1", Part.WITNESS)] * 2),
        "anyone-affecting-us",
        (),
    ),
    "NotOnTheCase": (lambda: ordinary(h.left(MONDAY, "witness-1")), "anyone-affecting-us", ()),
    "KeyDoesNotFit": (
        lambda: ordinary(h.taken_on(MONDAY, "witness-1", Part.VICTIM)),
        "anyone-affecting-us",
        (),
    ),
    "ComplainantStays": (lambda: ordinary(h.left(MONDAY, "complainant")), "anyone-affecting-us", ()),
    "AdvocateNeedsConsent": (
        lambda: ordinary(h.taken_on(MONDAY, "advocate-1", Part.ADVOCATE, acts_for="complainant")),
        "advocates",
        ("who agreed to it",),
    ),
    "FoundBefore": (lambda: h.recorded(ordinary(h.pattern(LATER)), h.pattern(LATER)), "self-audit", ()),
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
    "CaseIsJoined": (lambda: ordinary(h.joined(LATER), contact(LATER)), "register-every-report", ()),
    "CaseNotJoined": (lambda: ordinary(h.separated(LATER)), "register-every-report", ()),
    "CasesNotJoinable": (lambda: ordinary(h.joined(LATER, "CW-2023-000001")), "register-every-report", ()),
    "IncidentNotSeparable": (
        lambda: ordinary(h.incident_separated(LATER, "no such incident", ordinary())),
        "register-every-report",
        (),
    ),
    "CasesNotLinkable": (lambda: ordinary(h.linked(LATER, "CW-2023-000001")), "counter-allegations", ()),
    "CasesNotLinked": (lambda: ordinary(h.unlinked(LATER)), "counter-allegations", ()),
    "CategoryUnknown": (lambda: case_of(report(MONDAY, "littering")), "asb-categories", ()),
    "DefinitionNotMet": (lambda: ordinary(LIMB_C), "statutory-limb", ("the part of our housing work",)),
    "ExclusionDoesNotApply": (lambda: ordinary(BOTH), "not-usually-asb", ()),
    "HateIsSerious": (lambda: ordinary(h.hate(MONDAY), assessed(MONDAY)), "hate-is-serious", ()),
    "HateNeedsAStrand": (
        lambda: ordinary(h.hate(MONDAY, NO_STRAND)),
        "hate-by-perception",
        ("what the prejudice is about",),
    ),
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
        ("a day that can be agreed",),
    ),
    "EditionNotKnown": (
        lambda: ordinary(EditionAdopted(at=MONDAY, edition="1999-01-01", reasons="Nostalgia.")),
        "editions",
        (),
    ),
    "InspectionsTooFarApart": (
        lambda: History().tell(estates.planned(LATER, every=99)),
        "estate-inspections",
        (),
    ),
    "InspectionIsOverdue": (
        lambda: History(estates.listed(every_working_days=1)).tell(estates.planned(MONDAY, every=20)),
        "estate-inspections",
        (),
    ),
    "PlaceIsNotInspected": (lambda: no_longer().tell(estates.inspected(LATER)), "estate-inspections", ()),
    "FindingKindUnknown": (
        lambda: History().tell(estates.inspected(LATER, "unicorn")),
        "estate-inspections",
        (),
    ),
    "FindingIsSettled": (
        lambda: History().tell(estates.ended(LATER, "none-1", WithoutACase.DEALT_WITH)),
        "estate-inspections",
        (),
    ),
    "ReportedToNobody": (reported_to_nobody, "estate-inspections", ("to whom it was reported",)),
    "NoLawfulReason": (
        lambda: lettings.check(Question(reason="curious", applicant=NOBODY), EDITION),
        "lettings-check",
        ("why you ask",),
    ),
    "AnswerNotKnown": (
        lambda: questionnaire({}),
        "satisfaction-questionnaire",
        ("an answer, or what they wrote",),
    ),
    "PersonCannotBeWrittenTo": (
        lambda: ordinary(h.told_off(MONDAY)),
        "clear-consequences",
        ("an address to write to",),
    ),
    "LetterMayIdentify": (
        lambda: h.recorded(
            case_of(report(MONDAY, about=Party(address=("3 Invented Row",)))),
            h.told_off(MONDAY, nothing_identifies=False),
        ),
        "clear-consequences",
        ("that nothing in it gives away who complained",),
    ),
    "SignpostNotKnown": (
        lambda: ordinary(Signposted(at=MONDAY, agencies=())),
        "signposting",
        ("the help that was offered",),
    ),
    "ClosureDaysNotSane": (
        lambda: ordinary(ClosureDaysAdopted(at=MONDAY, days={}, known_until=LATER.date())),
        "explained-deadlines",
        ("reasons",),
    ),
    **refused_for_safety.REFUSED,
}
REFUSED |= CONDUCT_REFUSED | LEGAL_REFUSED | REFERRAL_REFUSED | REVIEW_REFUSED | GROUPS_REFUSED
REFUSED |= ACCESS_REFUSED | RETENTION_REFUSED | PACKS_REFUSED | POLICY_REFUSED | FOCUS_AREAS_REFUSED


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_names_its_row_its_section_and_what_is_missing(name: str) -> None:
    act, row, missing = REFUSED[name]
    with pytest.raises(Refused) as refused:
        act()
    refusal = refused.value.refusal
    assert (refusal.refused, refusal.row, refusal.missing) == (name, row, missing)
    assert refusal.section == section_of(row)
    assert refusal.sentence == str(refused.value)
    assert refusal.sentence[-1] in ".:?"
    assert Refusal.model_validate_json(refusal.model_dump_json()) == refusal


def test_what_is_missing_is_said_in_words_and_never_by_a_field_or_a_key(repository: Path) -> None:
    """What a closing lacks has its words in a table; "reasons" is a word, too."""
    fields = {name for kind in FACT_TYPES.values() for name in kind.model_fields} - {"reasons"}
    listed = (*EDITION.risk.questions, *EDITION.review_questions, *EDITION.powers)
    names = fields | {one.key for one in listed}
    examples = {word for _, _, missing in REFUSED.values() for word in missing}
    for word in examples | set(written_as_missing(repository / "policy")):
        assert "_" not in word
        assert word not in names


def written_as_missing(folder: Path) -> Iterator[str]:
    """The texts that stand in a `missing=(...)` or first in a `Missing(...)`."""
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.keyword(arg="missing", value=ast.Tuple(elts=texts)):
                    yield from (one.value for one in texts if isinstance(one, ast.Constant))
                case ast.Call(func=ast.Name(id="Missing"), args=[ast.Constant(value=text), *_]):
                    yield text


def test_every_refusal_has_its_example_here() -> None:
    assert set(REFUSED) == {kind.__name__ for kind in Refused.__subclasses__()}


def test_every_refusal_stands_in_the_module_of_refusals_and_names_a_row_that_is_carried_out() -> None:
    for kind in Refused.__subclasses__():
        assert kind.__module__.startswith(refusals.__name__)
        assert kind.row in SECTION_OF_ROW
