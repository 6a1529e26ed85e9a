"""What the case file knows of consents, the police, mediation, warnings, groups, legal action and referrals:
codes and dates.
"""

from datetime import date, datetime

from pydantic import AwareDatetime, Field

from policy.editions import EditionRef
from policy.facts.disclosing import Gateway
from policy.facts.proceedings import Known
from policy.frozen import Frozen
from policy.legal_action.facts import LegalActionBegun
from policy.legal_action.proven import Met
from policy.legal_action.windows import Ground, Tenancy
from policy.referral.facts import ReferralBegun
from policy.working_days import ClosureDays


class Answer(Frozen):
    """A yes or a no, when it was said and when we learnt of it."""

    at: AwareDatetime
    learnt_at: AwareDatetime
    agreed: bool


class Police(Frozen):
    """What the victims are asked about the police, and what we owe about an alleged crime. `ask_since`: from when
    we have to ask, `ask_from` the same of somebody for whom another had been asked, `refer_since` from when a
    referral is owed, `decided_at` when it was made or declined.
    """

    crime_alleged: bool = False
    ask_since: AwareDatetime | None = None
    ask_from: dict[str, AwareDatetime] = Field(default_factory=dict)
    refer_since: AwareDatetime | None = None
    decided_at: AwareDatetime | None = None


class PoliceTelling(Frozen):
    """When the police were told, and by which referral; `by_case` which this one had joined, where it was there. A
    supervisor `decided_at` that it is for a lawful reason: that holds for what we had learnt by then.
    """

    at: AwareDatetime
    matter: str | None = None
    by_case: str | None = None
    decided_at: AwareDatetime | None = None


class PoliceTold(Frozen):
    """When the last referral was made, and when one was last taken back or the police heard from us that a victim
    does not consent. `tellings`: each time that they were told, in whatever way; `heard`, when last, from which
    victims that they do not want it. Of another case that something was taken back may be heard before it is
    heard that they were told: `taken_back`.
    """

    at: AwareDatetime | None = None
    ended_at: AwareDatetime | None = None
    tellings: tuple[PoliceTelling, ...] = ()
    taken_back: tuple[PoliceTelling, ...] = ()
    heard: dict[str, AwareDatetime] = Field(default_factory=dict)

    def know(self, decided_at: datetime | None) -> bool:
        """Whether the last decision was to tell them, and nobody took that back."""
        if self.at is None or decided_at is None or self.at < decided_at:
            return False
        return self.ended_at is None or self.ended_at < self.at


class Warned(Frozen):
    """A formal warning as proposed to `person`, then as served, until the law or the edition ends it.
    `very_serious`: none of those that come first was tried. `proven` is kept for ground 7A alone. `heeded` is what
    the review of it said.
    """

    step: str
    person: str
    grounds: tuple[Ground, ...] = ()
    tenancy: Tenancy | None = None
    proven: Met | None = None
    very_serious: bool = False
    served_on: date | None = None
    heeded: bool | None = None


class Proceeding(Frozen):
    """A legal action for that `remedy` against `person`: how it `begins`, until it has begun, what it was `told`,
    and the fact by which its case heard that it was `granted`. It is judged by the edition and the closure days
    with which it was proposed.
    """

    remedy: str
    person: str
    edition: EditionRef
    closure_days: ClosureDays
    begins: LegalActionBegun | None
    told: Known = Known()
    granted: str | None = None


class Decided(Frozen):
    """A supervisor's lawful `reason` for telling these agencies about these people without a consent, and when."""

    reason: str
    at: AwareDatetime
    about: tuple[str, ...]
    to: tuple[str, ...]


class ToldOf(Frozen):
    """About whom which agencies were told, when, and what allowed it, with what was `decided` over a word against
    it; by which referral, where it was one.
    """

    at: AwareDatetime
    about: tuple[str, ...]
    to: tuple[str, ...]
    gateway: Gateway
    decided: tuple[Decided, ...] = ()
    matter: str | None = None


class Informed(Frozen):
    """What an agency, or a group of them, was `told`; when it last `heard` that somebody does not agree to that:
    by person, or `police:` and the victim who does not want the police told.
    """

    told: tuple[ToldOf, ...] = ()
    heard: dict[str, AwareDatetime] = Field(default_factory=dict)


class Group(Informed):
    """Which agencies are in it, about whom it is and what allows it now, with what was `decided` over somebody's
    word; whether it has met, and when it last agreed on an action.
    """

    decided: tuple[Decided, ...] = ()

    members: tuple[str, ...]
    about: tuple[str, ...]
    gateway: Gateway
    under: str | None = None
    met: bool = False
    agreed_at: AwareDatetime | None = None


class Referred(Frozen):
    """A referral to an agency about people on the case, and what allows it: how it `begins`, until it has begun;
    then whether it was `told` that it still stands, and that what went stays there. Its agency `knows` of
    these people, and hears on the case of their noes. It is `wrong` about somebody
    who turned out to be another, or was never there. It is judged as a legal action is. `notice`: the complainant,
    who agreed to it, is written to of it.
    """

    agency: str
    about: tuple[str, ...]
    gateway: Gateway
    decided: tuple[Decided, ...] = ()
    edition: EditionRef
    closure_days: ClosureDays
    begins: ReferralBegun | None
    told: bool = True
    told_stays: bool = True
    knows: tuple[str, ...] = ()
    wrong: bool = False
    notice: bool = False


class Offer(Frozen):
    """Mediation as offered to one side: under which key, and what they said."""

    matter: str
    agreed: bool | None = None
