"""The questions behind the links of whoever is affected, as the case's edition has its lists."""

from datetime import datetime
from typing import Any, Final

from pydantic import TypeAdapter

from pages.private.visiting import Opened
from pages.questions import Answers, Field, Kind, Option, Question, one
from pages.report.asked import STRANDS, YES, YES_NO
from policy.case_review.asking import is_written_to
from policy.editions import Edition, of
from policy.facts.base import Email, Line
from policy.facts.needs import Adjustment
from policy.facts.reporting import Perceiver
from policy.folding.reports import HATE

_HELPS: Final = {
    Adjustment.LARGE_PRINT: "Large print",
    Adjustment.PLAIN_TEXT: "E-mails in plain text",
    Adjustment.INTERPRETER: "An interpreter",
}
_LAST: Final = ("dependency", "vulnerability", "other")
_CALLED: Final = {"vulnerability": "Another reason why I am at more risk than others"}
_NOT_BY_LINK: Final = frozenset({"safe_contact"})
"""How they can be reached safely is told to a person: whoever holds the link could keep us from reaching them."""


def call_back(_: Opened) -> Question:
    hint = "You can leave this empty. If it is not safe to ring you, we answer in the way that you told us is."
    return Question(
        about="call-back",
        heading="Ask us to ring you",
        short="Ring you",
        fields=(Field("words", Kind.WORDS, "What should we ring you about?", hint=hint),),
    )


def again(_: Opened) -> Question:
    """With what makes it urgent. (serious-advise-police, hate-by-perception)"""
    return Question(
        about="again",
        heading="It happened again",
        short="What happened",
        words="In danger now? Ring 999.",
        fields=(
            Field(
                "words",
                Kind.WORDS,
                "What happened?",
                hint="Say when, where and who, as far as you know.",
                needed="Tell us what happened, in your own words",
            ),
            Field("hurt", Kind.ONE_OF, "Was anybody hurt or threatened?", options=YES_NO),
            Field(
                "hate",
                Kind.ONE_OF,
                "Do you think it is because of who somebody is?",
                hint="For example their race, religion, disability, sexuality or gender. Nobody has to prove it.",
                options=YES_NO,
            ),
            Field(
                "strands",
                Kind.ANY_OF,
                "If so, what do you think it is about?",
                hint="Tick all that fit.",
                options=STRANDS,
            ),
        ),
        together=_what_it_is_about,
    )


def urgent(said: Answers, there: Opened) -> dict[str, Any]:
    """What they chose, as it is recorded. Somebody who names strands thinks so, whatever else they ticked."""
    presumed = (kind.key for kind in of(there.file.edition).categories if kind.presumed_serious)
    violence = next((key for key in presumed if key != HATE), None)
    strands = list(said.get("strands", ()))
    perceived_by = Perceiver.VICTIM if there.link.person in there.file.victims else Perceiver.WITNESS
    return {
        "category": violence if one(said, "hurt") == YES else None,
        "hate": {"strands": strands, "perceived_by": perceived_by.value} if strands else None,
    }


def _what_it_is_about(said: Answers, _: datetime) -> dict[str, str]:
    untold = one(said, "hate") == YES and not said.get("strands")
    return {"strands": "Tick what you think it is about"} if untold else {}


def need(there: Opened) -> Question:
    kinds = [one for one in of(there.file.edition).needs.kinds if one.key not in _NOT_BY_LINK]
    kinds.sort(key=lambda one: _LAST.index(one.key) if one.key in _LAST else -1)
    return Question(
        about="need",
        heading="Tell us what would help you",
        short="What helps",
        words="We take account of it whenever we meet, ring or write to you. If your address, number or safe way"
        " to be reached has changed, please ring us.",
        fields=(
            Field(
                "kind",
                Kind.ANY_OF,
                "What is it about?",
                hint="Choose all that fit.",
                options=tuple(Option(one.key, _CALLED.get(one.key, one.name)) for one in kinds),
                needed="Choose what it is about",
            ),
            Field(
                "helps",
                Kind.ANY_OF,
                "What would help?",
                hint="Choose any, or none.",
                options=tuple(Option(one.value, text) for one, text in _HELPS.items()),
            ),
            Field("words", Kind.WORDS, "Anything else?", hint="You can leave this empty."),
        ),
    )


def district_of(edition: Edition) -> Field:
    districts = edition.case_reviews.districts
    return Field(
        "district",
        Kind.ONE_OF,
        "Which district do you live in?",
        options=tuple(Option(one.key, one.name) for one in districts),
        needed="Choose the district",
    )


def review(there: Opened) -> Question:
    return Question(
        about="review",
        heading="Ask for a case review",
        short="Review",
        words="If it goes on although you reported it, you can ask for your case to be looked at by all of us"
        " together: the council, the police and your landlord.",
        fields=(
            district_of(of(there.file.edition)),
            Field("words", Kind.WORDS, "Why do you ask?", needed="Say why you ask, in your own words"),
            *(() if is_written_to(there.file) else WHERE_TO),
        ),
        together=somewhere if not is_written_to(there.file) else lambda _, __: {},
    )


WHERE_TO: Final = (
    Field(
        "email",
        Kind.LINE,
        "Your e-mail address",
        hint="Every answer is in writing, so we need an address. Give one that nobody else reads.",
        takes=TypeAdapter(Email),
        wrong="Write an e-mail address, such as name@example.org",
        autocomplete="email",
        mode="email",
    ),
    Field(
        "address",
        Kind.WORDS,
        "Or your postal address, with the postcode",
        takes=TypeAdapter(Line),
        wrong="Shorten each line to 200 characters or fewer",
        lines=8,
    ),
)


def somewhere(said: Answers, _: datetime) -> dict[str, str]:
    nowhere = not said.get("email") and not said.get("address")
    return {"email": "Give an e-mail address or a postal address to which we can write"} if nowhere else {}


ENTRY: Final = Question(
    about="entry",
    heading="What happened",
    short="What happened",
    words="Tell us what happened; a few words are enough. You can leave out the rest.",
    fields=(
        Field("words", Kind.WORDS, "What happened?", needed="Say what happened, in a few words"),
        Field("day", Kind.DAY, "On which day?", hint="For example 27 3 2026. You can leave it empty."),
        Field("hour", Kind.HOUR, "About what time?", hint="For example 22:30. You can leave it empty."),
        Field("others", Kind.LINE, "Who else saw or heard it?", hint="You can leave this empty."),
        Field("felt", Kind.LINE, "How did it affect you?", hint="You can leave this empty."),
    ),
)


def questionnaire(there: Opened) -> Question:
    asked = tuple(
        Field(
            one.key,
            Kind.ONE_OF,
            one.asks,
            options=tuple(Option(key, said[:1].upper() + said[1:]) for key, said in one.answers.items()),
        )
        for one in of(there.file.edition).questionnaire
    )
    words = Field("words", Kind.WORDS, "What else would you like to tell us?", hint="You can leave this empty.")
    return Question(
        about="questions",
        heading="How did we do?",
        short="How we did",
        words="Leave out whatever you like. You can send your answers once. They help us to do better, and do not"
        " open the case again. If it goes on or has started again, please tell us that as well:",
        fields=(*asked, words),
    )
