"""The case file: all that the policy needs to know of a case, and none of anybody's words."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from pydantic import AwareDatetime, Field

from policy.care import Disability, DomesticAbuse, Hate, Hearing, Helped, Need, Risk, Safety, SafeWay, Told, Wish
from policy.company import AFFECTED, COMPLAINANT, VICTIMS, Brought, Joined, Link, OnCase, Parted
from policy.conduct import Answer, Group, Informed, Offer, Police, PoliceTold, Proceeding, Referred, Warned
from policy.decisions import Advised, Assessment, Cover, Imported, ProposedClosure
from policy.effect import Effect
from policy.facts.closing import Closing
from policy.facts.hearings import AT_HEARINGS
from policy.facts.letters import LetterKind
from policy.facts.matters import MatterKind
from policy.facts.mediating import Side
from policy.facts.people import Means
from policy.facts.reporting import Reporter
from policy.file import File
from policy.frozen import Frozen, made_of
from policy.legal_action.proven import ProvenAgainst
from policy.letters_owed import WORTH_A_CALL, LetterOwed, LetterState
from policy.texting import texts_suit


class Stage(StrEnum):
    REPORTED = "reported"
    OPEN = "open"
    CLOSING = "closing"
    JOINED = "joined"
    CLOSED = "closed"


class Matter(Frozen):
    """Something begun on a case that must be brought to an end: a promise, a diary, a referral.
    `about` is the id of the fact that began it, `since` the moment from which its stage is counted, `until` the
    day that was agreed, `person` somebody on the case, `chased` how often the complainant had to ask for it and
    `chased_at` when they first had to, `code` which of its kind it is. `by` is who brought it to its stage,
    `begun_by` who began it, `ends` the day until which what `signed_by` agreed to holds since `held_since`,
    `broken_by` who did not keep to it. `asked` is how often whoever is to do it was asked how it stands, `group`
    the group that agreed on it, `asked_of` the agency that was asked to use a power of theirs. Where a law's
    days run, `learnt_at` is when we learnt of what brought it there; else when we were told when it ends.
    """

    kind: MatterKind
    stage: str
    about: str
    since: AwareDatetime
    learnt_at: AwareDatetime | None = None
    until: date | None = None
    owner: str | None = None
    person: str | None = None
    chased: int = 0
    chased_at: AwareDatetime | None = None
    code: str | None = None
    by: str | None = None
    ends: date | None = None
    held_since: date | None = None
    begun_by: str | None = None
    signed_by: tuple[str, ...] = ()
    asked: int = 0
    group: str | None = None
    asked_of: str | None = None
    broken_by: tuple[str, ...] = ()


class CaseFile(File):
    """The fold of a case's facts. `hate` is all that was perceived, `own_hate` without what joined cases brought;
    `brought` and `separated` name incidents by the id of their fact. `consents` are by purpose and who (one of
    `referral@council` is to that agency alone), the earliest answer first, `informed` agencies told of somebody on
    one, `orders` a court's by their legal action: since when we know that they were set aside, where they were.
    """

    last_recorded_at: AwareDatetime | None = None
    reported_at: AwareDatetime | None = None
    reporter: Reporter = Reporter.VICTIM
    reachable: bool = False
    reachable_since: AwareDatetime | None = None
    details_told_at: AwareDatetime | None = None
    writes_by: Means | None = None
    can_post: bool = False
    others_with_address: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    presumed_serious_at: AwareDatetime | None = None
    hate: Hate | None = None
    own_hate: Hate | None = None
    ward: str | None = None
    people: dict[str, OnCase] = Field(default_factory=dict)
    officer: str | None = None
    taken_by: str | None = None
    given_by: str | None = None
    """The officer who took the report, and who gave the case to the one that it has."""
    cover: Cover | None = None
    assessment: Assessment | None = None
    reports: tuple[AwareDatetime, ...] = ()
    unread: dict[str, AwareDatetime] = Field(default_factory=dict)
    """Further incidents, by the id of their fact, of which nobody has said yet what they make of them."""
    reassess_since: AwareDatetime | None = None
    serious_since: AwareDatetime | None = None
    police_advised_at: AwareDatetime | None = None
    appointment_offered_at: AwareDatetime | None = None
    told: dict[str, Told] = Field(default_factory=dict)
    """By what the clock of it is called; the two moments above are the complainant's."""
    first_contact_at: AwareDatetime | None = None
    last_contact_at: AwareDatetime | None = None
    agreed_interval: int | None = None
    last_review_at: AwareDatetime | None = None
    advised: Advised | None = None
    perpetrator_told_at: AwareDatetime | None = None
    view_asked_at: AwareDatetime | None = None
    wish: Wish = Field(default_factory=Wish)
    proposed: ProposedClosure | None = None
    closed_at: AwareDatetime | None = None
    closing: Closing | None = None
    earlier_case: str | None = None
    links: tuple[Link, ...] = ()
    joined: Joined | None = None
    brought: dict[str, Brought] = Field(default_factory=dict)
    separated: tuple[str, ...] = ()
    parted: tuple[Parted, ...] = ()
    letters: dict[str, LetterOwed] = Field(default_factory=dict)
    matters: dict[str, Matter] = Field(default_factory=dict)

    answered: dict[str, AwareDatetime] = Field(default_factory=dict)
    """When what the night's check found was last answered, by the pattern's name."""

    asks_for: Means | None = None
    can_email: bool = False
    can_text: bool = False
    texts: bool = False
    """Whether the landlord sent text messages when the case was reported."""
    needs: dict[str, Need] = Field(default_factory=dict)
    safe_ways: dict[str, SafeWay] = Field(default_factory=dict)
    wrong_way_since: dict[str, AwareDatetime] = Field(default_factory=dict)
    domestic_abuse: dict[str, DomesticAbuse] = Field(default_factory=dict)
    helped: dict[str, Helped] = Field(default_factory=dict)
    asked: dict[str, AwareDatetime] = Field(default_factory=dict)
    consents: dict[str, tuple[Answer, ...]] = Field(default_factory=dict)
    """Both by what for and whom, `police:witness-2`: when they were last asked, and what they said."""
    risks: dict[str, Risk] = Field(default_factory=dict)
    support_owed_since: AwareDatetime | None = None
    support_offered_at: AwareDatetime | None = None
    partners_consulted_at: AwareDatetime | None = None
    safety: dict[str, Safety] = Field(default_factory=dict)
    hearings: dict[str, Hearing] = Field(default_factory=dict)
    police: Police = Police()
    police_told: PoliceTold = PoliceTold()
    warnings: dict[str, Warned] = Field(default_factory=dict)
    proven: dict[str, ProvenAgainst] = Field(default_factory=dict)
    legal: dict[str, Proceeding] = Field(default_factory=dict)
    orders: dict[str, AwareDatetime | None] = Field(default_factory=dict)
    groups: dict[str, Group] = Field(default_factory=dict)
    informed: dict[str, Informed] = Field(default_factory=dict)
    referrals: dict[str, Referred] = Field(default_factory=dict)
    disability: dict[str, Disability] = Field(default_factory=dict)
    mediation: dict[Side, Offer] = Field(default_factory=dict)
    mediation_referred_at: AwareDatetime | None = None
    mediation_settled_at: AwareDatetime | None = None
    mediation_unfit_since: AwareDatetime | None = None
    effect: Effect | None = None
    imported: Imported | None = None

    @property
    def withheld(self) -> bool:
        """The complainant has an address and no safe one. (needs-met, section 6)"""
        return self.writes_by is None and (self.can_email or self.can_post)

    @property
    def is_texted(self) -> bool:
        """Whether a text message may tell the complainant that there is something. (needs-met, section 6)"""
        may = self.texts and self.can_text and self.wish.no_contact_since is None
        safe, needs = self.safe_ways.get(COMPLAINANT), [n for n in self.needs.values() if n.person == COMPLAINANT]
        return may and texts_suit(safe, needs, self.asks_for, can_be_written_to=self.writes_by is not None)

    @made_of("people")
    def affected(self) -> tuple[str, ...]:
        """Victims and witnesses, by what they are called on the case."""
        return tuple(key for key, one in self.present.items() if one.part in AFFECTED and not one.unfilled)

    @made_of("people")
    def victims(self) -> tuple[str, ...]:
        """Also one whom nobody has named yet."""
        return tuple(key for key, one in self.present.items() if one.part in VICTIMS)

    @made_of("people")
    def unfilled(self) -> tuple[str, ...]:
        """Whose place on the case is empty still: there is a victim, and nobody has said who."""
        return tuple(key for key, one in self.present.items() if one.unfilled)

    @property
    def serious(self) -> bool:
        return self.serious_since is not None

    @made_of("people")
    def present(self) -> dict[str, OnCase]:
        """Who is on the case now, by what they are called on it."""
        return {key: one for key, one in self.people.items() if one.left_at is None}

    def names_of(self, key: str) -> tuple[str, ...]:
        """All that whoever is called so is called on the case, where we know who they are."""
        known = self.people[key].person if key in self.people else None
        if known is None:
            return (key,)
        return tuple(name for name, one in self.people.items() if one.person == known)

    @made_of("people")
    def gone(self) -> frozenset[str]:
        """Who was on the case and no longer is."""
        return frozenset(key for key, one in self.people.items() if one.left_at is not None)

    @made_of("people")
    def repeat_victim(self) -> bool:
        return any(one.victim_before for one in self.present.values())

    @made_of("people")
    def repeat_perpetrator(self) -> bool:
        return any(one.perpetrator_before for one in self.present.values())

    @property
    def stage(self) -> Stage:
        if self.closed_at is not None:
            return Stage.CLOSED
        if self.joined is not None:
            return Stage.JOINED
        if self.proposed is not None:
            return Stage.CLOSING
        return Stage.REPORTED if self.assessment is None else Stage.OPEN

    @property
    def at_rest(self) -> bool:
        """Closed, or part of another case for now: letters are owed here, and what outlives it."""
        return self.closed_at is not None or self.joined is not None

    @property
    def at_rest_since(self) -> datetime | None:
        return self.joined.at if self.joined is not None else self.closed_at

    @property
    def finished(self) -> bool:
        """Closed; every letter that may go has gone or was told, and whatever outlives it is done."""
        going = any(letter.state is not LetterState.WITHHELD for letter in self.letters.values())
        owed = self.owes("disclosure-refusal", "police-withdrawal", *AT_HEARINGS)
        return self.closed_at is not None and not (going or self.matters or owed)

    def owes(self, *stems: str) -> bool:
        """Whether something that is called so is owed to somebody, or to an agency."""
        return any(key.partition(":")[0] in stems for key in self.clocks)

    def is_somebody_else(self, key: str, before: CaseFile) -> bool:
        """Whom we took for another before."""
        now, then = self.people.get(key), before.people.get(key)
        return now is not None and then is not None and then.person not in {None, now.person}

    @property
    def kept_back(self) -> LetterState:
        """What becomes of a letter that is not safe to send. Before a case closes they are told by speaking."""
        return LetterState.WITHHELD if self.closed_at is None else LetterState.TO_TELL

    def still_going_on(self) -> CaseFile:
        """Without a proposed closure: something has happened that it did not know of."""
        closing = self.proposed.about if self.proposed else None
        kept = {k: v for k, v in self.letters.items() if not v.is_of_closing(closing)}
        return self.with_(proposed=None, letters=kept)

    def owing(self, kind: LetterKind, key: str, about: str, since: datetime, to: str = COMPLAINANT) -> CaseFile:
        """As below, and with a text message that tells the complainant of it, where one may."""
        file = self.owing_letter(kind, key, about, since, to)
        follows = self.writes_by is not None
        if to != COMPLAINANT or not self.is_texted or not (follows or kind in WORTH_A_CALL):
            return file
        text = LetterOwed.text(about, since, letter_follows=follows)
        return file.with_(letters={**file.letters, f"{key}:text": text})

    def owing_letter(self, kind: LetterKind, key: str, about: str, since: datetime, to: str) -> CaseFile:
        """With a letter owed, where its reader can be written to; withheld where that is not safe; else as it is.
        Set aside where the complainant wants none. Somebody else is written to by post.
        """
        means, state = self.writes_by if to == COMPLAINANT else Means.POST, LetterState.OWED
        if means is None and self.withheld:
            means, state = Means.POST, self.kept_back
        if means is None:
            return self
        letter = LetterOwed(kind=kind, about=about, means=means, since=since, state=state, to=to)
        if to == COMPLAINANT and self.wish.no_contact_since is not None and not letter.asked_for:
            if self.closed_at is not None:
                return self
            letter = letter.model_copy(update={"state": LetterState.SET_ASIDE})
        return self.with_(letters={**self.letters, key: letter})

    def without_letters_set_aside(self, letters: dict[str, LetterOwed]) -> CaseFile:
        kept = {key: letter for key, letter in letters.items() if letter.state is not LetterState.SET_ASIDE}
        return self.with_(letters=kept)


def later(known: datetime | None, at: datetime) -> datetime:
    """The later of two moments: a fact written down late never turns a clock back."""
    return at if known is None else max(known, at)
