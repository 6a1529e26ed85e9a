"""What somebody is asked who reports by our page, in this order. No answer but what happened is a must, and nobody
is asked to prove anything. (register-every-report, hate-by-perception)
"""

from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Final

from pydantic import TypeAdapter

from pages.questions import Answers, Field, Kind, Option, Question, day_of, hour_of, one
from policy.editions import Edition
from policy.facts.base import Email, Line, Phone, Words
from policy.facts.needs import Adjustment
from policy.facts.people import Means
from policy.facts.reporting import Reporter, Strand
from policy.folding.reports import HATE
from policy.working_days import LONDON

NOT_LISTED: Final = "not_listed"
NOTHING_AT_ALL: Final = "no_contact"
YES: Final = "yes"
NOT_SURE: Final = "not_sure"

_LINE: Final[TypeAdapter[str]] = TypeAdapter(Line)
_TOO_LONG: Final = "Shorten each line to 200 characters or fewer"
_NOT_ALONE: Final = "Choose yes, no or not sure"

YES_NO: Final = (Option(YES, "Yes"), Option("no", "No"), Option(NOT_SURE, "I am not sure"))

STRANDS: Final = (
    Option(Strand.RACE, "Race, skin colour, nationality or where somebody comes from"),
    Option(Strand.RELIGION, "Religion or belief, or having none"),
    Option(Strand.SEXUAL_ORIENTATION, "Being lesbian, gay or bisexual, or being taken for it"),
    Option(Strand.TRANSGENDER_IDENTITY, "Being transgender, or being taken for it"),
    Option(Strand.DISABILITY, "A disability, of body or mind"),
    Option(Strand.OTHER, "Something else about who somebody is"),
)

_GIVEN: Final = {Means.PHONE: "phone", Means.TEXT: "phone", Means.EMAIL: "email", Means.POST: "address"}
_WAYS: Final = {
    Means.PHONE: "Ring me",
    Means.TEXT: "Send me a text message",
    Means.EMAIL: "Write me an e-mail",
    Means.POST: "Write me a letter",
}


def is_hate(answers: Answers) -> bool:
    return HATE in answers.get("category", ()) or one(answers, "hate") == YES


def ways(answers: Answers) -> tuple[Means, ...]:
    """In which they can be reached, by what they gave."""
    return tuple(means for means, given in _GIVEN.items() if answers.get(given))


def is_reached(answers: Answers) -> bool:
    """Whether we get in touch with them."""
    return bool(ways(answers)) and NOTHING_AT_ALL not in answers.get("safe", ())


def happened_at(answers: Answers) -> datetime | None:
    """A day without a time is its beginning."""
    day = day_of(answers.get("day", ()))
    if day is None:
        return None
    hour = hour_of(one(answers, "hour") or "") or time.min
    return datetime.combine(day, hour, LONDON).astimezone(UTC)


def _when_it_was(answers: Answers, now: datetime) -> dict[str, str]:
    at = happened_at(answers)
    if at is None and answers.get("hour"):
        return {"day": "Write the day, too, or leave the time empty"}
    return {"hour": "This time has not come yet"} if at is not None and at > now else {}


def _one_or_the_other(answers: Answers, _: datetime) -> dict[str, str]:
    safe = answers.get("safe", ())
    both = NOTHING_AT_ALL in safe and len(safe) > 1
    return {"safe": "Tick the ways that are safe, or “Do not contact me”, and not both"} if both else {}


def questions(edition: Edition, answers: Answers) -> list[Question]:
    """Those that are for them, as far as their answers tell."""
    return [one for one in _all(edition, answers) if one.asked(answers)]


def _choice(name: str, heading: str, options: tuple[Option, ...], needed: str, hint: str = "") -> Field:
    return Field(name, Kind.ONE_OF, heading, hint=hint, options=options, needed=needed)


def _alone(about: str, short: str, field: Field, asked: Callable[[Answers], bool] = lambda _: True) -> Question:
    """The field's own label is the page's heading."""
    return Question(about, field.label, short, (field,), asked=asked)


def _all(edition: Edition, answers: Answers) -> tuple[Question, ...]:
    return (_who(), _what(edition, answers), *_happened(), *_by_whom(), *_reached(answers))


def _who() -> Question:
    options = (
        Option(Reporter.VICTIM, "Me, or somebody I live with"),
        Option(Reporter.THIRD_PARTY, "Somebody else, and I am telling you for them"),
        Option(Reporter.WITNESS, "Other people: I saw or heard it"),
    )
    return _alone(
        "who", "Who it happens to", _choice("reporter", "Who is it happening to?", options, "Choose one")
    )


def _what(edition: Edition, answers: Answers) -> Question:
    mine = one(answers, "reporter") in {None, Reporter.VICTIM}
    named = [
        Option(kind.key, said[0].upper() + said[1:])
        for kind in edition.categories
        for said in [kind.in_letters if mine else kind.in_letters_to_others or kind.in_letters]
    ]
    options = (*named, Option(NOT_LISTED, "Something else, or I am not sure"))
    needed = "Choose what comes closest, or “Something else”"
    return _alone("what", "What it is about", _choice("category", "What is it about?", options, needed))


def _happened() -> tuple[Question, ...]:
    words = Field(
        "words",
        Kind.WORDS,
        "What happened?",
        hint="In your own words, as much or as little as you like. How often does it happen, and what does it do"
        " to you?",
        needed="Tell us what happened, even if it is only a few words",
        takes=TypeAdapter(Words),
        wrong="Tell us what happened, in letters that we can read",
    )
    hate = _choice(
        "hate",
        "Do you think it is because of who somebody is?",
        YES_NO,
        _NOT_ALONE,
        "For example their race, religion, disability, sexuality or gender. If you think so, that is enough:"
        " nobody has to prove it.",
    )
    strands = Field(
        "strands",
        Kind.ANY_OF,
        "What do you think it is about?",
        "Tick all that fit.",
        STRANDS,
        "Tick at least one",
    )
    when = (
        Field("day", Kind.DAY, "Day", "For example, 27 3 2026"),
        Field("hour", Kind.HOUR, "About what time", "For example, 22:30"),
    )
    where = Field(
        "where",
        Kind.WORDS,
        "Where does it happen?",
        "An address, or words such as “the stairs of Invented House”. Leave it empty if you do not know.",
        takes=_LINE,
        wrong=_TOO_LONG,
        lines=8,
    )
    return (
        _alone("words", "What happened", words),
        _alone("because", "Because of who somebody is", hate, lambda said: HATE not in said.get("category", ())),
        _alone("about", "What it is thought to be about", strands, is_hate),
        Question(
            "when",
            "When did it last happen?",
            "When",
            when,
            "Leave empty what you do not know.",
            together=_when_it_was,
        ),
        _alone("where", "Where", where),
    )


def _by_whom() -> tuple[Question, ...]:
    them = (
        Field("their_name", Kind.LINE, "Their name, or what they look like", takes=_LINE, wrong=_TOO_LONG),
        Field("their_address", Kind.WORDS, "Where they live", takes=_LINE, wrong=_TOO_LONG, lines=8),
    )
    close = _choice(
        "close",
        "Is it a partner, an ex-partner or somebody of the family?",
        YES_NO,
        _NOT_ALONE,
        "If it is, we take extra care, and only ever get in touch in a way that you say is safe.",
    )
    optional = (
        "You need not know or say it. We do not tell them who told us, unless you agree, or the law or somebody's"
        " safety needs it."
    )
    return (
        Question("them", "Who is doing it?", "Who is doing it", them, optional),
        _alone("close", "A partner, an ex-partner or family", close),
    )


def _reached(answers: Answers) -> tuple[Question, ...]:
    you = (
        Field("name", Kind.LINE, "Your name", takes=_LINE, wrong=_TOO_LONG, autocomplete="name"),
        Field(
            "phone",
            Kind.LINE,
            "Telephone number",
            takes=TypeAdapter(Phone),
            wrong="Write a telephone number, such as 01632 960 001",
            autocomplete="tel",
            mode="tel",
        ),
        Field(
            "email",
            Kind.LINE,
            "E-mail address",
            takes=TypeAdapter(Email),
            wrong="Write an e-mail address, such as name@example.org",
            autocomplete="email",
            mode="email",
        ),
        Field("address", Kind.WORDS, "Address, with the postcode", takes=_LINE, wrong=_TOO_LONG, lines=8),
    )
    safe = (
        Field(
            "safe",
            Kind.ANY_OF,
            "Ways that are safe",
            "Tick every way in which nobody else would see or hear us who should not.",
            (*(Option(one, _WAYS[one]) for one in ways(answers)), Option(NOTHING_AT_ALL, "Do not contact me")),
            "Tick the ways that are safe, or “Do not contact me”",
        ),
        Field(
            "from_hour",
            Kind.HOUR,
            "Only from",
            "Then we ring and e-mail you in these hours alone, and send no text message. For example, 9:00. Leave"
            " it empty if any time will do.",
        ),
        Field("until_hour", Kind.HOUR, "Only until", "For example, 17:00"),
    )
    needs = (
        Field(
            "needs",
            Kind.ANY_OF,
            "What would help",
            "Leave it empty if there is nothing.",
            (
                Option(Adjustment.LARGE_PRINT, "Letters in large print"),
                Option(Adjustment.PLAIN_TEXT, "E-mails that are plain text"),
                Option(Adjustment.INTERPRETER, "An interpreter, also for British Sign Language"),
            ),
        ),
        Field("other_needs", Kind.LINE, "Which language, or anything else", takes=_LINE, wrong=_TOO_LONG),
    )
    optional = (
        "You do not have to say who you are: leave all of this empty if you would rather not. We look into it all"
        " the same, but we cannot tell you what comes of it."
    )
    return (
        Question("you", "How can we reach you?", "How we can reach you", you, optional),
        Question(
            "safe",
            "How is it safe to reach you?",
            "Safe ways",
            safe,
            asked=lambda said: bool(ways(said)),
            together=_one_or_the_other,
        ),
        Question(
            "needs", "What would make it easier for you?", "What would make it easier", needs, asked=is_reached
        ),
    )
