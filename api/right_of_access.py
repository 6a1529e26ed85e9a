"""What we tell whoever asks what we hold about them, beside what we hold. (UK GDPR art. 15(1) and (2))"""

from typing import Final

from policy.editions import Edition
from policy.frozen import Frozen
from store.not_in_a_record import NOT_INCLUDED, LeftOut


class KeptFor(Frozen):
    what: str
    months: int
    after: str
    why: str


class Information(Frozen):
    purposes: tuple[str, ...]
    categories: tuple[str, ...]
    recipients: tuple[str, ...]
    kept_for: tuple[KeptFor, ...]
    rights: tuple[str, ...]
    source: str
    automated_decisions: str
    transfers: str


READ_FIRST: Final = (
    "This is for the data protection officer. It is not ready to be handed over.",
    (
        "Other people's data is in it: what they told us and what is said of them. Look through it and "
        "take that out, unless they agree or it is reasonable without (Data Protection Act 2018, Sch. 2 "
        "para. 16). It can tell who complained or where somebody lives, and put them in danger."
    ),
    (
        "`concerns_others` is true where anybody else is on the case or in the home. False does not mean "
        "that nobody else is named: read the words of every line."
    ),
    (
        "Look also for what would harm the fight against crime or legal proceedings (Sch. 2 para. 2, 5 "
        "and 19), and ask a health professional about health data (Sch. 3)."
    ),
)
LOOK_ALSO: Final = (
    (
        "Whoever is on a case without being linked to a person whom we know is not found by their id. "
        "Look for each name, address, e-mail address and telephone number in `/api/people/search`, and have "
        "somebody who works on cases look for them in `/api/cases?words=`."
    ),
    "On cases of others, and in inspections and prevention work, words may name them. No search reads these.",
    "A `lettings_check` is here by its name, however it is spelt: make sure that it was about them.",
    "A case of theirs that joined another goes on there, so that one is here as well.",
)

_PURPOSES: Final = (
    "Taking reports of anti-social behaviour and hate, keeping people safe, and seeing each case through.",
    "Acting against it: warnings, agreements, legal action, work with the police and others.",
    "Referring people to help.",
    "Case reviews that people ask for.",
    "Answering whether an applicant for a home has a history.",
    "Showing afterwards what was done, and when.",
)
_CATEGORIES: Final = (
    "Who you are and how to reach you.",
    "Your homes and households.",
    (
        "What was reported, said and done on cases that you are on. It can be about health, origin, "
        "religion, sexual orientation, offences and allegations."
    ),
    "Letters, and what was told to others.",
)
_ALSO_TOLD: Final = (
    "Courts and solicitors in legal action",
    "The Housing Ombudsman",
    "Our lettings team, where somebody applies for a home",
)
_RIGHTS: Final = (
    "You can ask us to correct what is wrong. (art. 16)",
    "You can ask us to erase what we no longer need. (art. 17)",
    "You can ask us not to use it while something is in dispute. (art. 18)",
    "You can object to how we use it. (art. 21)",
    "You can complain to the Information Commissioner: ico.org.uk, 0303 123 1113.",
)
_SOURCE: Final = (
    "You, whoever reported or told us something on your cases, and agencies that answered us. Each line says how "
    "it came and when."
)


class Opening(Frozen):
    """The first line of a record. `look_also` is where more may be that is not found by a person's id."""

    read_first: tuple[str, ...] = READ_FIRST
    look_also: tuple[str, ...] = LOOK_ALSO
    information: Information
    not_included: tuple[LeftOut, ...] = NOT_INCLUDED


def opening(edition: Edition) -> Opening:
    """Periods and agencies as the edition has them."""
    kept_for = tuple(
        KeptFor(what=one.name, months=one.months, after=one.after, why=one.source)
        for one in edition.retention.periods
    )
    information = Information(
        purposes=_PURPOSES,
        categories=_CATEGORIES,
        recipients=(*(agency.name for agency in edition.agencies), *_ALSO_TOLD),
        kept_for=kept_for,
        rights=_RIGHTS,
        source=_SOURCE,
        automated_decisions="None. Casework says what is owed and by when; a person decides.",
        transfers="Casework sends nothing abroad by itself.",
    )
    return Opening(information=information)
