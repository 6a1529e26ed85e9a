"""What an edition says of evidence, the police, reviews and those complained about."""

from policy.editions.table import AtLeastOne, Listed, Part, Table


class Surveillance(Table):
    """An authorisation ends at most `longest_days` (calendar days) after it is given."""

    covert_allowed: bool
    longest_days: AtLeastOne


class Mediation(Table):
    """Not for the categories `never_for`. One that no longer fits is stopped within `stop_hours`."""

    never_for: tuple[str, ...]
    in_serious_cases: bool
    stop_hours: AtLeastOne


class Police(Table):
    """The victim is asked within `ask_working_days`, asked again `ask_again_working_days` after that, and an
    alleged crime referred within `referral_working_days`. `alleges_crime` are categories, `lawful_reasons` those
    for which a supervisor may refer without the consent of the victim of hate.
    """

    ask_working_days: AtLeastOne
    ask_again_working_days: AtLeastOne
    referral_working_days: AtLeastOne
    alleges_crime: tuple[str, ...]
    lawful_reasons: tuple[Listed, ...]


class Consents(Table):
    """Whoever was told on a consent hears within `withdrawal_working_days` that it no longer holds."""

    withdrawal_working_days: AtLeastOne


class ReviewQuestion(Part):
    key: str
    asks: str
