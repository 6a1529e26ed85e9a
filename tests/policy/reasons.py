"""For which recorded reasons a deadline may go, or move. Whatever else makes one go or move is a fault."""

from typing import Final

from policy.case_file import CaseFile
from policy.deadlines import OF_SOMEBODY, Deadline, bare_key, clocks_set_aside, deadlines, stem_of
from policy.deadlines.base import urgent_since
from policy.deadlines.victims import named, victim_was_told
from policy.facts.closing import Closing
from policy.facts.letters import LetterKind
from policy.facts.needs import NeedTold
from policy.facts.parts import Part, PersonIdentified, PersonJoined
from policy.facts.ruling import DeadlineMissed
from policy.facts.safety import SafetyConsidered
from policy.matters import stage_of
from tests.given import EDITION
from tests.policy import reasons_of_consent, reasons_of_letters, reasons_of_safety
from tests.policy.random_lives import Moment
from tests.policy.reasons_of_letters import LETTERS_TURN


def due_of(file: CaseFile) -> dict[str, Deadline]:
    return {d.key: d for d in deadlines(file, EDITION)}


SERIOUS_CLOCK: Final = {"appointment", "police-advice", "safety", "partners", "victim-found"}
ACROSS: Final = {"report_joined", "incident_separated", "case_joined"}
TAKES_A_CLOSURE_BACK: Final = {
    "incident_reported",
    "hate_perceived",
    "crime_alleged",
    "domestic_abuse_recognised",
    "assessed",
    "agreement_breached",
} | ACROSS
CLOSING_SETS_ASIDE: Final = {
    "allocation",
    "review",
    "regular-contact",
    "closure-approval",
} | reasons_of_safety.CLOSING_SETS_ASIDE


def is_no_longer_missed(above: Deadline, moment: Moment) -> bool:
    """What went up goes with the miss that it is about."""
    about = due_of(moment.before).get(bare_key(above.key))
    still = due_of(moment.after).get(bare_key(above.key))
    return about is None or still is None or still.due != about.due or not still.noticed


def carries_on(key: str, moment: Moment) -> bool:
    """A step; or what waits for somebody outside goes on when its day has come."""
    fact, matter = moment.entry.fact, moment.before.matters.get(key)
    if matter is None:
        return False
    if isinstance(fact, DeadlineMissed):
        return fact.key == key and stage_of(matter).lapses
    return stage_of(matter).takes(type(fact))


def was_kept(gone: Deadline, moment: Moment) -> bool:
    return moment.entry.fact.fact in gone.met_by or carries_on(gone.key, moment)


def went_up_and_is_no_longer_missed(gone: Deadline, moment: Moment) -> bool:
    return gone.key != bare_key(gone.key) and is_no_longer_missed(gone, moment)


def is_over_with_the_case(gone: Deadline, moment: Moment) -> bool:
    without_letter = gone.key == "first-contact" and moment.after.closing is not Closing.WITH_LETTER
    return moment.entry.fact.fact == "case_closed" and (stem_of(gone.key) in CLOSING_SETS_ASIDE or without_letter)


def is_not_serious_after_all(gone: Deadline, moment: Moment) -> bool:
    lowered = moment.entry.fact.fact in {"assessed", "incident_separated"} and moment.after.hate is None
    return stem_of(gone.key) in SERIOUS_CLOCK and lowered and not moment.after.serious


def is_serious_since_earlier(gone: Deadline, moment: Moment) -> bool:
    return stem_of(gone.key) in SERIOUS_CLOCK and began_earlier(moment.before, moment.after)


def takes_a_closure_back(moment: Moment) -> bool:
    """So does somebody in danger, another victim, or what makes one vulnerable and was not known."""
    match moment.entry.fact:
        case SafetyConsidered() as fact:
            return fact.in_danger
        case PersonJoined() as fact:
            return fact.part in {Part.COMPLAINANT, Part.VICTIM}
        case NeedTold() as fact:
            known = f"{fact.person}:{fact.kind}" in moment.before.needs
            return not known and EDITION.needs.is_vulnerable(fact.kind)
    return moment.entry.fact.fact in TAKES_A_CLOSURE_BACK


def told_of_a_closure_that_was_taken_back(gone: Deadline, moment: Moment) -> bool:
    fact = moment.entry.fact.fact
    if gone.key == "closure-approval":
        return takes_a_closure_back(moment) and moment.after.proposed is None
    letter = moment.before.letters.get(gone.key.removeprefix("letter:"))
    is_closing = letter is not None and letter.kind is LetterKind.CLOSING_LETTER
    return is_closing and (takes_a_closure_back(moment) or fact in {"closure_proposed", "case_closed"})


def another_case_goes_on_for_it(gone: Deadline, moment: Moment) -> bool:
    return moment.entry.fact.fact == "case_joined" and not gone.key.startswith("letter:")


def was_no_part_of_it(gone: Deadline, moment: Moment) -> bool:
    """Reports of another case, and support for hate that nobody perceived here."""
    if moment.entry.fact.fact != "incident_separated":
        return False
    return gone.key in {"reassessment", "further-incident"} or (
        gone.key == "support-offer" and moment.after.hate is None
    )


WISHES_SET_ASIDE: Final = {
    "contact_declined": {"first-contact", "regular-contact", "appointment", "police-advice", "police-consent"}
    | reasons_of_safety.NEEDS_TO_REACH_THEM,
    "complaint_withdrawn": {"first-contact", "regular-contact", "appointment", "police-consent"},
}


def aside(file: CaseFile) -> set[str]:
    return {clock.key for clock in clocks_set_aside(file, EDITION)}


def is_set_aside_by_a_wish(gone: Deadline, moment: Moment) -> bool:
    """And says so; a letter of a closed case is not owed any more."""
    fact, file = moment.entry.fact.fact, moment.after
    wished = fact == "contact_declined" and gone.key.startswith("letter:")
    if not wished and stem_of(gone.key) not in WISHES_SET_ASIDE.get(fact, set()):
        return False
    return gone.key in aside(file) or file.closed_at is not None


def nobody_is_left_to_speak_to(gone: Deadline, moment: Moment) -> bool:
    """And it says so; unless whoever reported, who stands in again, was told already."""
    left = moment.entry.fact.fact == "person_left"
    spoken = gone.key in {"appointment", "police-advice", "support-offer"}
    stands_in = not named(moment.after) and victim_was_told(moment.after, gone.key)
    return left and spoken and (gone.key in aside(moment.after) or stands_in)


def keeps_nobody_safe_any_more(gone: Deadline, moment: Moment) -> bool:
    return reasons_of_safety.may_end(gone, moment.entry.fact, moment.before, moment.after)


def belongs_to_whoever_fills_the_place(gone: Deadline, moment: Moment) -> bool:
    """What was owed to a victim whom nobody knew is owed to the one who was named."""
    fact, (stem, _, place) = moment.entry.fact, gone.key.partition(":")
    if not isinstance(fact, PersonJoined | PersonIdentified) or not was_filled(place, moment):
        return False
    again = dict.fromkeys(("risk-renewal", "risk-review"), "risk-assessment").get(stem, stem)
    return f"{again}:{fact.key}" in {*due_of(moment.after), *aside(moment.after)}


def was_filled(place: str, moment: Moment) -> bool:
    return place in moment.before.unfilled and place not in moment.after.unfilled


ENDS: Final[dict[str, frozenset[str]]] = {
    "police-withdrawal": frozenset({"person_left", "incident_separated"}),
    "mediation-stop": frozenset({"person_left", "incident_separated", "assessed", "mediation_agreed"}),
}


def does_not_hold_any_more(gone: Deadline, moment: Moment) -> bool:
    """Whoever withdrew, or was in danger, was there by mistake; the case is not serious after all; or an offer had
    been taken up before it did not fit any more.
    """
    return moment.entry.fact.fact in ENDS.get(stem_of(gone.key), ())


MAY_VANISH: Final = (
    does_not_hold_any_more,
    was_kept,
    went_up_and_is_no_longer_missed,
    is_over_with_the_case,
    is_not_serious_after_all,
    is_serious_since_earlier,
    told_of_a_closure_that_was_taken_back,
    another_case_goes_on_for_it,
    was_no_part_of_it,
    is_set_aside_by_a_wish,
    nobody_is_left_to_speak_to,
    belongs_to_whoever_fills_the_place,
    keeps_nobody_safe_any_more,
    *reasons_of_letters.MAY_VANISH,
    *reasons_of_consent.MAY_VANISH,
)
"""The reasons for which a deadline may go without another one in its place."""


def began_earlier(before: CaseFile, after: CaseFile) -> bool:
    """A perception that was told first and written down later starts the serious clock from where it belongs."""
    return (
        before.serious_since is not None
        and after.serious_since is not None
        and after.serious_since < before.serious_since
    )


ANY_CLOCK: Final = {"closure_days_adopted", "edition_adopted"}
MORE_SERIOUS: Final = {"incident_reported", "hate_perceived", "report_joined"}
WHO_CAN_BE_SPOKEN_TO: Final = frozenset(
    {
        "person_joined",
        "person_identified",
        "person_left",
        "contact_declined",
        "contact_wanted",
        "complaint_withdrawn",
    }
)
MOVES: Final[dict[str, frozenset[str]]] = {
    "closure-approval": frozenset({"closure_proposed"}),
    "police-consent": WHO_CAN_BE_SPOKEN_TO,
    "appointment": WHO_CAN_BE_SPOKEN_TO,
    "police-advice": WHO_CAN_BE_SPOKEN_TO,
    "support-offer": WHO_CAN_BE_SPOKEN_TO,
    "police-withdrawal": frozenset({"person_left", "incident_separated"}),
}


EARLIER: Final = {
    "police-withdrawal": frozenset({"consent_refused", "consent_withdrawn"}),
    "police-consent": frozenset({"complainant_details_told", "incident_reported"}),
}
"""Who said no earlier than we knew; who could be reached, or went on after all, earlier than we knew."""


def follows_a_consent(old: Deadline, new: Deadline, fact: str) -> bool:
    """A GP or nurse is asked with a consent and told when it no longer holds."""
    turns = {"consent_given", "consent_refused", "consent_withdrawn", "person_left"}
    return old.row == "health-contact" and old.stage != new.stage and fact in turns


def is_as_urgent_as_the_case(old: Deadline, moment: Moment) -> bool:
    """Sooner once it is serious or there is domestic abuse, later where it is not after all; and counted from the
    first of what was told again that is left.
    """
    fact = moment.entry.fact.fact
    if old.key not in {"allocation", "further-incident"}:
        return False
    if urgent_since(moment.before) != urgent_since(moment.after):
        return True
    return old.key == "further-incident" and fact in {"incident_reported", "incident_separated"}


def may_move(old: Deadline, new: Deadline, moment: Moment) -> bool:
    fact = moment.entry.fact.fact
    told = fact in ANY_CLOCK or fact in old.met_by or carries_on(old.key, moment)
    told = (
        told or is_as_urgent_as_the_case(old, moment) or reasons_of_letters.was_in_doubt_and_came_back(old, moment)
    )
    of_the_place = stem_of(old.key) in OF_SOMEBODY and was_filled(old.key.partition(":")[2], moment)
    fewer = of_the_place or reasons_of_consent.was_told_of_somebody_else(old, moment)
    if told or (fewer and new.due >= old.due) or reasons_of_safety.may_move(old, new, fact):
        return True
    if old.key in moment.before.matters:
        return (fact == "chased" and new.due <= old.due) or follows_a_consent(old, new, fact)
    if old.key in {"review", "regular-contact"}:
        lowered = fact == "incident_separated" and moment.before.serious and not moment.after.serious
        return fact == "assessed" or lowered or (fact in MORE_SERIOUS and new.due <= old.due)
    if fact in MOVES.get(old.key, ()) or (new.due <= old.due and fact in EARLIER.get(old.key, ())):
        return True
    if stem_of(old.key) in SERIOUS_CLOCK:
        return began_earlier(moment.before, moment.after) and new.due <= old.due
    return old.key.startswith("letter:") and fact in LETTERS_TURN
