"""What is refused about the policy's own review. Nothing has changed then."""

from policy.journal import Note
from policy.own_review import facts
from policy.own_review.file import ReviewOfPolicy
from policy.refusals.own_review import ReviewNamesItsEdition, ReviewOnlyComesForward
from policy.working_days import day_in_words, london_day


def check(file: ReviewOfPolicy, note: Note) -> None:
    """Raises Refused."""
    match note.fact:
        case facts.PolicyReviewBroughtForward(to=day):
            if day >= file.last_day:
                raise ReviewOnlyComesForward(
                    f"The review is due by {day_in_words(file.last_day)} already: it can only come forward."
                )
            if day < london_day(note.recorded_at):
                raise ReviewOnlyComesForward("Name a day that has not passed.")
        case facts.PolicyReviewed(came_of_it=came_of_it, edition=edition):
            if (came_of_it is facts.CameOfReview.NEW_EDITION) != (edition is not None):
                raise ReviewNamesItsEdition(
                    "Name the new edition where there is one, and none where nothing changes.",
                    missing=("what the new edition is called",) if edition is None else (),
                )
