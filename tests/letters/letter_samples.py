"""One invented letter of each kind."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from letters.compose import Addressee, LetterContent

WHO_TO_RING: Mapping[str, str | list[str]] = {"officer": "Sam Okafor", "officer_phone": "01632 960123"}
CASE_REVIEW: Mapping[str, str | list[str]] = {
    "council": "Wealdmere District Council",
    "case_review_contact": "01632 960200 or www.wealdmere.example/review",
}
KERRY = Addressee("Ms Kerry Adeyemi", ("Flat 4", "27 Larkfield Close", "NETHER MADEUP", "ZZ99 9ZY"))

VALUES: Mapping[str, Mapping[str, str | list[str]]] = {
    "acknowledgement": {
        "next_steps": [
            "By 5 pm on Wednesday 25 November 2026 we will offer you a time to meet.",
            "By Tuesday 1 December 2026 Sam will ring you to talk about what happened.",
        ],
        "police_advice": "yes",
        "hate": "yes",
        "hate_seen": "yes",
        "support": "yes",
    },
    "not-usually-asb": {
        **CASE_REVIEW,
        "reasons": ["It was one party, and it ended before midnight."],
        "advice": ["The council can help with noise. Ask for the noise team."],
    },
    "honest-advice": {
        **CASE_REVIEW,
        "reasons": ["Your neighbour may not know that you can hear their door."],
        "speak_first": "yes",
    },
    "second-look-answer": {
        **CASE_REVIEW,
        "decision": "We have changed our minds. We will open a case and ring you by 1 December 2026.",
        "reasons": ["You sent us three new dates on which you were woken up."],
    },
    "closing-letter": {
        "on_paper": "yes",
        **CASE_REVIEW,
        "reported": ["Loud music late at night from the flat above, from June to September."],
        "done": ["We spoke to your neighbour twice.", "You filled in two diaries for us."],
        "reasons": ["You told us on 10 November 2026 that it has been quiet for six weeks."],
        "questions": ["Did we keep you up to date? (yes / partly / no)"],
    },
    "closing-note": {**CASE_REVIEW, "reasons": ["The rubbish was taken away on 20 November 2026."]},
    "questionnaire-reminder": {
        "on_paper": "yes",
        "questions": ["Did we keep you up to date? (yes / partly / no)"],
    },
    "warning": {
        "alleged": ["Shouting and banging on the walls after midnight, five times in May."],
        "decided": ["We believe that this happened. It has to stop."],
        "happens_next": ["If it goes on, we may ask a court for an order."],
    },
    "warning-taken-back": {"what": "formal warning", "given_on": "Tuesday 17 November 2026"},
    "review-acknowledgement": {"decided_within": "10 working days"},
    "review-threshold": {
        "counted": ["Reported on Monday 5 June 2023, happened on Sunday 4 June 2023: it counts."],
        "reasons": ["Two reports count. Three are needed."],
        "route": "the police and crime commissioner",
        "not_met": "yes",
    },
    "review-outcome": {
        "reasons": ["The police and we did not know of each other's visits."],
        "recommended": ["To the council: put up a light. They agree, and do it by 1 July 2023."],
        "route": "the police and crime commissioner",
    },
    "review-end": {"followed": ["The council put up a light on 20 June 2023."], "withdrawn": "yes"},
    "referral": {
        "people": ["Rowan Example, telephone 01632 960001. How to reach them: by telephone, from 10:00"],
        "what": ["They cannot sleep and are afraid to go out."],
        "why": ["You help people who were hurt."],
        "ground": "They have agreed that we tell you this.",
        "link": "https://casework.example/answer/" + "a1B2-c3_D4." * 24,
        "until": "Monday 22 February 2027",
    },
    "appointment": {
        "day": "Thursday 26 November 2026",
        "time": "10:30",
        "own_words": ["We will come to your home. Ring the bell of flat 4 only if we are late."],
    },
    "diary-sheets": {
        "on_paper": "yes",
        "by_when": "Tuesday 8 December 2026",
        "own_words": ["Note the name of the song, if you can."],
    },
    "mediation-offer": {"own_words": ["We work with a mediator who knows your area."], "complained_about": "yes"},
    "referral-notice": {"agency": "Victim Support", "own_words": ["They will ring you in the morning."]},
    "update": {"own_words": ["We spoke to the police on Monday.", "We will ring you on 3 December 2026."]},
    "agreement": {
        "own_words": ["No loud music after 11 pm.", "Visitors leave by 10 pm on weekdays."],
        "complained_about": "yes",
    },
    "hearing": {
        "day": "Monday 14 December 2026",
        "time": "at 10:00",
        "own_words": ["Sam will meet you at 9.30 am at the door of the court."],
    },
    "notice-cover": {
        "notice": "Notice of seeking possession",
        "statute": "Housing Act 1988, section 8",
        "own_words": ["It can be used in court from 30 November 2026."],
    },
    "to-perpetrator": {
        "alleged": ["Loud music after midnight on most nights in October."],
        "decided": ["We believe that this happened, and that it keeps people awake."],
        "happens_next": [
            "Sam will visit you on 1 December 2026.",
            "If it goes on, we may ask a court to stop it.",
        ],
    },
}


def a_letter(kind: str = "closing-letter", /, **values: str | list[str]) -> LetterContent:
    return LetterContent(
        kind=kind,
        reference="CW-2026-000123",
        date=dt.date(2026, 11, 24),
        addressee=KERRY,
        values={**WHO_TO_RING, **VALUES[kind], **values},
    )


def without(content: LetterContent, name: str) -> LetterContent:
    return replace(content, values={key: value for key, value in content.values.items() if key != name})


def to(name: str, *address_lines: str) -> LetterContent:
    return replace(a_letter(), addressee=Addressee(name, address_lines))
