"""Whether the threshold is met follows from the reports; no one is turned away against the arithmetic."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from policy.case_review.facts import ThresholdDecided
from policy.case_review.review import ReviewFile
from policy.case_review.threshold import Arithmetic, LeftOut, Reported, threshold_on
from policy.editions import Edition
from policy.refusals.case_review import ReportsDoNotFit, ThresholdDiffers
from policy.working_days import listed, london_day, moment_in_words


def arithmetic(file: ReviewFile, fact: ThresholdDecided, edition: Edition) -> Arithmetic:
    """As of the day of the application, which is what the Act counts from."""
    asked = london_day(file.asked_at or fact.at)
    return threshold_on(asked, fact.reports, edition.case_reviews.threshold_in(file.district))


def follows_from_the_reports(file: ReviewFile, fact: ThresholdDecided, edition: Edition) -> None:
    """(2014 Act, section 104(4) and (5))"""
    cases = {one.case for one in fact.reports if one.case is not None}
    if astray := sorted(cases - set(file.cases)):
        raise ReportsDoNotFit(
            f"The review is not about {', '.join(astray)}. Bring the case in first.",
            missing=("the case that the review is about",),
            missing_facts=("case_brought_in",),
        )
    _each_counts_once(fact.reports)
    if not fact.met:
        _every_case_is_looked_at(file, cases)
    counted = arithmetic(file, fact, edition)
    if counted.met and not fact.met:
        raise ThresholdDiffers(
            f"{counted.words} There must be a review (2014 Act, section 104(4)).",
            missing=("that the threshold is met",),
            missing_facts=("threshold_decided",),
        )
    if fact.met and not counted.met and fact.because is None:
        raise ThresholdDiffers(
            f"{counted.words} Say why there is a review all the same: how long it has gone on, the harm, or how it"
            " was answered.",
            missing=("why there is a review all the same",),
            missing_facts=("threshold_decided",),
        )


def with_those_known(fact: ThresholdDecided, known: Sequence[Reported]) -> ThresholdDecided:
    """A yes for which nobody listed a report rests on what stands on the review's cases."""
    once = {one.known_by: one for one in sorted(known, key=lambda one: one.hate)}
    reports = tuple(once.values())
    return fact.model_copy(update={"reports": reports}) if fact.met and not fact.reports else fact


def every_report_is_looked_at(
    file: ReviewFile, fact: ThresholdDecided, known: Sequence[Reported], edition: Edition
) -> None:
    """Before a no. `known` is what stands on the review's cases. A report that is left out with its reason was
    looked at; none is read otherwise than it stands there.
    """
    if fact.met:
        _stand_on_their_case(file, fact, known)
        return
    _each_counts_once(fact.reports)
    left = Counter(_called(one) for one in known) - Counter(_called(one) for one in fact.reports)
    if left:
        raise ReportsDoNotFit(
            "Nobody is told no before every report was looked at. List the others, or leave them out with the"
            f" reason: reported on {listed(list(left))}.",
            missing=("every report of each case",),
        )

    to_others = [one for one in fact.reports if one.case is None]
    as_they_stand = fact.model_copy(update={"reports": (*to_others, *_without_what_is_left_out(fact, known))})
    counted = arithmetic(file, as_they_stand, edition)
    if counted.met:
        raise ThresholdDiffers(
            f"As the reports stand on our cases: {counted.words} There must be a review, or each that is not to"
            " count is left out with the reason.",
            missing=("each report as it stands on its case",),
            missing_facts=("threshold_decided",),
        )


def _stand_on_their_case(file: ReviewFile, fact: ThresholdDecided, known: Iterable[Reported]) -> None:
    """What others were told is theirs to say; what we were stands on our cases, hate where it was perceived."""
    ours = [one for one in fact.reports if one.case in file.cases and one.left_out is None]
    there = Counter(_called(one) for one in known)
    of_hate = Counter(_called(one) for one in known if one.hate)
    unknown = [*(Counter(_called(one) for one in ours) - there)]
    unknown += [*(Counter(_called(one) for one in ours if one.hate) - of_hate)]
    if unknown:
        raise ReportsDoNotFit(
            f"This does not stand on its case: reported on {listed(list(dict.fromkeys(unknown)))}. Record it there"
            " first, or list it without a case if others were told.",
            missing=("each report as it stands on its case",),
        )


def _without_what_is_left_out(fact: ThresholdDecided, known: Iterable[Reported]) -> Iterator[Reported]:
    """Each as it stands on its case, left out where the one that it is listed as is."""
    listed_as = list(fact.reports)
    for one in known:
        like = min(
            (other for other in listed_as if _called(other) == _called(one)),
            key=lambda other: (other.happened_at != one.happened_at, other.hate != one.hate),
        )
        listed_as.remove(like)
        yield one.model_copy(update={"left_out": like.left_out})


def _every_case_is_looked_at(file: ReviewFile, cases: Collection[str]) -> None:
    if not file.cases:
        raise ReportsDoNotFit(
            "Nobody is told no before a case was looked at. Find the case that this is about, or open one.",
            missing=("the case that the review is about",),
            missing_facts=("case_brought_in",),
        )
    if left := sorted(set(file.cases) - set(cases)):
        raise ReportsDoNotFit(
            f"Nobody is told no before every report was looked at. None is listed of {', '.join(left)}.",
            missing=("the reports of each case",),
        )


def _each_counts_once(reports: Sequence[Reported]) -> None:
    """Of two incidents that were reported at the same moment it is said when each happened."""
    counting = [one for one in reports if one.left_out is None]
    times = Counter(one.known_by for one in counting)
    if twice := [one for one in counting if times[one.known_by] > 1]:
        raise ReportsDoNotFit(
            f"Listed more than once: reported on {_called(twice[0])}. List each report once; of two that came at"
            " the same moment, say when each happened.",
            missing=("each report once",),
        )
    if not counting and any(one.left_out is LeftOut.SAME_INCIDENT for one in reports):
        raise ReportsDoNotFit(
            "What is left out as the same incident as another report is counted there: say which report is.",
            missing=("the report that is counted",),
        )


def _called(report: Reported) -> str:
    """As people are told of it, to the minute."""
    said = moment_in_words(report.reported_at)
    return f"{said} ({report.case})" if report.case else said
