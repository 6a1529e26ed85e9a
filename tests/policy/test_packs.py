"""case-pack: what of a case its reader gets, and that what they do not get is listed."""

from dataclasses import replace
from typing import Any

import pytest

from policy.case_review.facts import REVIEW_FACT_TYPES
from policy.facts import FACT_TYPES
from policy.facts.base import Role
from policy.facts.evidence import EvidenceKind, EvidenceReceived
from policy.facts.promising import PromiseKept, PromiseMade
from policy.facts.reporting import Channel, IncidentReported
from policy.legal_action.facts import LEGAL_FACT_TYPES
from policy.packs.contents import Pack
from policy.packs.fields import CODES, NEVER, SAID
from policy.packs.readers import GROUNDS, LAW, MADE_BY, PackAsked, PackGround, Reader, check
from policy.packs.shown import IN_WORDS, LEFT_OUT, SHOWN, Shown, Why
from policy.procedures.kinds import KINDS
from policy.referral.facts import REFERRAL_FACT_TYPES
from policy.refusals.packs import NothingAllowsThePack, PackNotForThem
from tests.policy import happenings as h
from tests.policy import packed as p
from tests.policy.packed import packed

IN_A_PACK = FACT_TYPES | LEGAL_FACT_TYPES | REFERRAL_FACT_TYPES
FREE = {"words", "reasons", "explanation", "alleged", "decided", "happens_next", "terms"}


def everything_in(pack: Pack) -> str:
    return pack.model_dump_json()


def kinds(pack: Pack, why: Why) -> set[str]:
    return {one.number for one in pack.withheld if one.why is why}


def test_every_kind_of_fact_has_its_line_and_no_line_is_of_none() -> None:
    assert SHOWN.keys() == IN_A_PACK.keys()
    assert {f"{name}" for name in KINDS} - LEFT_OUT == {"legal-action", "referral"}
    assert not SHOWN.keys() & (REVIEW_FACT_TYPES.keys() - {"case_told", "deadline_missed"})


def test_every_field_is_printed_as_words_as_a_code_or_never() -> None:
    fields = {name for kind in IN_A_PACK.values() for name in kind.model_fields}
    listed = [*SAID, *CODES, *NEVER]
    assert set(listed) == fields
    assert len(listed) == len(set(listed))


def test_no_field_of_people_or_of_safe_ways_is_printed() -> None:
    assert {"complainant", "about", "place", "safe_contact", "person", "officer", "born", "other", "key"} <= NEVER
    assert set(SAID) >= FREE


def test_every_reason_is_in_words_with_its_source() -> None:
    assert set(IN_WORDS) == set(Why)
    assert all("(" in words for words in IN_WORDS.values())
    assert "art. 15(4)" in IN_WORDS[Why.OTHERS]
    assert "para. 16" in IN_WORDS[Why.OTHERS]
    assert "para. 19" in IN_WORDS[Why.PRIVILEGE]


def test_legal_advice_is_in_no_pack() -> None:
    for reader in Reader:
        pack = packed(reader, "perpetrator-1" if reader is Reader.SUBJECT else None)
        assert "Aardvarks" not in everything_in(pack)
        assert "5/1" in {one.number for one in pack.withheld if one.whole}
    assert {one.shown_to(reader) for reader in Reader for one in [SHOWN["solicitor_answered"]]} == {Shown.NOTHING}


def test_a_complainant_gets_their_own_words_what_was_done_with_them_and_their_letter() -> None:
    told = everything_in(packed(Reader.SUBJECT, "complainant"))
    for theirs in ("Quokkas", "Narwhals", "Axolotls", "Okapis", "Dugongs", "Manatees", "Kinkajous", "rowan said"):
        assert theirs in told


def test_a_complainant_gets_nothing_of_others_but_a_number() -> None:
    pack = packed(Reader.SUBJECT, "complainant")
    told = everything_in(pack)
    for theirs in ("Wombats", "Capybaras", "Pangolins", "Lemurs", "ample", "nlooker", "960", "lose", "witness"):
        assert theirs not in told.replace("Exámple", "").replace("Example", "")
    assert {"2", "5", "6", "7", "10"} <= kinds(pack, Why.OTHERS)
    assert {one.kind for one in pack.withheld if one.whole} == {None}


def test_whoever_is_complained_about_gets_what_is_about_them_and_not_who_reported_them_or_what_was_told() -> None:
    pack = packed(Reader.SUBJECT, "perpetrator-1")
    told = everything_in(pack)
    assert [one.number for one in pack.chronology] == ["10"]
    assert "Lemurs" in told
    for others in ("Quokkas", "Narwhals", "Wombats", "Manatees", "owan", "omplainant", "Invented", "risk", "safe"):
        assert others not in told
    assert {one.kind for one in pack.withheld} == {None}
    assert {one.why for one in pack.withheld} == {Why.OTHERS}


def test_a_court_gets_what_everybody_said_with_names_as_roles_and_nothing_that_endangers() -> None:
    pack = packed(Reader.COURT)
    told = everything_in(pack)
    for theirs in ("Quokkas", "Narwhals", "Wombats", "Capybaras", "Pangolins", "Manatees", "Lemurs"):
        assert theirs in told
    for left_out in ("Okapis", "Dugongs", "04:44", "owan", "ample", "nlooker", "960", "sister"):
        assert left_out not in told
    assert "[perpetrator 1] at night" in told
    danger = [one for one in pack.withheld if one.why is Why.DANGER]
    assert [(one.number, one.kind) for one in danger] == [("9", None)]


def test_the_ombudsman_gets_how_it_was_handled_and_nobody_s_words_but_the_complainant_s() -> None:
    pack = packed(Reader.OMBUDSMAN)
    told = everything_in(pack)
    for theirs in ("Quokkas", "Narwhals", "Axolotls", "Manatees"):
        assert theirs in told
    for left_out in ("Wombats", "Pangolins", "Okapis", "Dugongs", "owan", "ample"):
        assert left_out not in told
    assert "5" in kinds(pack, Why.OTHERS)


def test_what_goes_on_for_somebody_else_is_theirs_to_its_end() -> None:
    begun = PromiseMade(at=p.AT + p.DAY, person="witness-1", words="Ibexes.")
    kept = PromiseKept(at=p.AT + p.DAY, matter="promise-12", words="Gazelles.")
    assert "Gazelles" in everything_in(packed(Reader.COURT, None, begun, kept))
    assert "Gazelles" not in everything_in(packed(Reader.SUBJECT, "complainant", begun, kept))
    assert "Gazelles" in everything_in(packed(Reader.SUBJECT, "witness-1", begun, kept))


def test_what_a_witness_told_by_their_link_is_not_the_complainant_s() -> None:
    """Also where both would be called a victim."""
    told = IncidentReported(at=p.AT + p.DAY, channel=Channel.WEB, told_by="witness-1", words="Ibexes.")
    assert "Ibexes" not in everything_in(packed(Reader.SUBJECT, "complainant", told))
    assert "Ibexes" not in everything_in(packed(Reader.OMBUDSMAN, None, told))
    assert "Ibexes" in everything_in(packed(Reader.SUBJECT, "witness-1", told))
    elsewhere = told.model_copy(update={"told_on": "CW-2023-000009"})
    assert "Ibexes" not in everything_in(packed(Reader.SUBJECT, "witness-1", elsewhere))


def test_whoever_is_called_two_things_on_a_case_gets_what_is_about_them_as_either() -> None:
    same = [
        h.identified(p.AT, key, "b7f0e7f6-6a1c-4a9c-8a52-0d7f7f8c1a11") for key in ("complainant", "witness-1")
    ]
    assert "Capybaras" in everything_in(packed(Reader.SUBJECT, "complainant", *same))
    assert "Capybaras" not in everything_in(packed(Reader.SUBJECT, "complainant", same[0]))


N, T, A = Shown.NOTHING, Shown.THAT_IT_WAS, Shown.ALL
STATED = {
    (A, A, A): (
        "report_received",
        "diary_returned",
        "contact_made",
        "assessed",
        "case_closed",
        "warning_served",
        "court_decided",
    ),
    (T, A, T): (
        *("case_reviewed", "deadline_missed", "case_allocated", "action_planned", "wait_begun"),
        *("letter_asked_for", "letter_worded", "letter_held", "letter_came_back"),
    ),
    (A, T, A): ("evidence_received", "diary_issued", "surveillance_authorised"),
    (N, T, A): ("risk_assessed", "safety_considered", "domestic_abuse_recognised", "complainant_details_told"),
    (T, T, A): ("need_told", "disability_meeting_held", "health_contact_answered"),
    (T, A, N): ("police_referral_answered", "partners_consulted", "group_meeting_held", "referral_answered"),
    (N, N, N): ("solicitor_instructed", "solicitor_chased", "solicitor_answered", "team_reviewed"),
    (T, T, N): (
        "legal_action_proposed",
        "notice_proposed",
        "person_joined",
        "person_identified",
        "order_reviewed",
    ),
    (N, T, N): ("cases_linked", "case_joined", "told_in_case_review", "publicity_worded", "legal_action_told"),
}
"""For a court, the Ombudsman, and whom it is about."""


@pytest.mark.parametrize(("levels", "facts"), STATED.items())
def test_each_reader_has_so_much_of_these(levels: tuple[Shown, ...], facts: tuple[str, ...]) -> None:
    for fact in facts:
        assert tuple(SHOWN[fact].shown_to(reader) for reader in Reader) == levels, fact
    if levels[-1] is Shown.NOTHING:
        assert {SHOWN[fact].of for fact in facts} <= {None, "perpetrator-1"}


def test_every_entry_is_told_or_listed() -> None:
    numbers = {str(one.seq) for one in p.case(p.sent()).entries} | {"5/1"}
    for reader in Reader:
        pack = packed(reader, "complainant" if reader is Reader.SUBJECT else None)
        assert {one.number for one in (*pack.chronology, *pack.withheld)} == numbers


def test_what_was_written_down_late_shows_both_times_and_what_was_put_right_stands_with_it() -> None:
    pack = packed(Reader.COURT)
    assert pack.chronology[0].recorded_at == p.AT + 2 * p.DAY
    assert next(one for one in pack.chronology if one.heading == "A letter went out").recorded_at is None
    spoken = next(one for one in pack.chronology if one.number == "3")
    assert [one.words for one in spoken.said][1:] == ["[witness 1].", "Kinkajous."]


def test_decisions_have_their_row_and_evidence_its_hash() -> None:
    pack = packed(Reader.COURT)
    assert [(one.number, one.under) for one in pack.decisions] == [
        ("4", "assess-seriousness"),
        ("10", "clear-consequences"),
    ]
    assert [(one.number, one.kind, len(one.sha256)) for one in pack.evidence] == [("7", "photo", 64)]
    assert pack.evidence[0].file is None


def test_each_file_of_evidence_has_a_hash_of_its_own() -> None:
    came = EvidenceReceived(at=p.AT + p.DAY, kind=EvidenceKind.RECORDING, words="Two.", files=("f1", "f2"))
    pack = packed(Reader.COURT, None, came)
    assert [(one.file, one.sha256) for one in pack.evidence[1:]] == [
        ("image/jpeg, 12,345 bytes", "ab" * 32),
        ("audio/mpeg, 77 bytes", "cd" * 32),
    ]


def test_a_file_that_went_to_another_case_stops_no_pack() -> None:
    came = EvidenceReceived(at=p.AT + p.DAY, kind=EvidenceKind.RECORDING, words="Two.", files=("another",))
    assert [one.file for one in packed(Reader.COURT, None, came).evidence] == [None, None]


@pytest.mark.parametrize(
    ("fact", "reader", "needle"),
    [
        ("incident_reported", Reader.COURT, "Wombats"),
        ("assessed", Reader.OMBUDSMAN, "Axolotls"),
        ("safety_considered", Reader.SUBJECT, "Dugongs"),
    ],
)
def test_without_its_line_a_kind_of_fact_would_not_be_told(
    fact: str, reader: Reader, needle: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    about = "complainant" if reader is Reader.SUBJECT else None
    assert needle in everything_in(packed(reader, about))
    closed: Any = dict.fromkeys(("court", "ombudsman", "subject"), Shown.NOTHING)
    monkeypatch.setitem(SHOWN, fact, replace(SHOWN[fact], **closed))
    assert needle not in everything_in(packed(reader, about))


def asked(reader: Reader, ground: PackGround) -> PackAsked:
    about = "complainant" if reader is Reader.SUBJECT else None
    return PackAsked(reader=reader, ground=ground, purpose="The hearing.", about=about)


@pytest.mark.parametrize("reader", Reader)
@pytest.mark.parametrize("ground", PackGround)
def test_no_pack_without_a_ground_of_its_reader(reader: Reader, ground: PackGround) -> None:
    role = min(MADE_BY[reader])
    if ground in GROUNDS[reader]:
        check(asked(reader, ground), role)
    else:
        with pytest.raises(NothingAllowsThePack, match=r"para|art|Sch"):
            check(asked(reader, ground), role)
    assert LAW[ground]


@pytest.mark.parametrize(
    ("reader", "roles"),
    [
        (Reader.COURT, {Role.COMMUNITY_SAFETY, Role.SUPERVISOR, Role.MANAGER, Role.SOLICITOR}),
        (Reader.OMBUDSMAN, {Role.COMMUNITY_SAFETY, Role.SUPERVISOR, Role.MANAGER}),
        (Reader.SUBJECT, {Role.DATA_PROTECTION}),
    ],
)
def test_each_pack_is_for_these_roles_and_no_others(reader: Reader, roles: set[Role]) -> None:
    for role in Role:
        if role in roles:
            check(asked(reader, min(GROUNDS[reader])), role)
        else:
            with pytest.raises(PackNotForThem):
                check(asked(reader, min(GROUNDS[reader])), role)


@pytest.mark.parametrize(("reader", "about"), [(Reader.SUBJECT, None), (Reader.COURT, "complainant")])
def test_a_pack_is_about_somebody_where_its_reader_is_that_person(reader: Reader, about: str | None) -> None:
    with pytest.raises(ValueError, match="whom it is about"):
        PackAsked(reader=reader, ground=PackGround.COURT_ORDER, purpose="x", about=about)
