"""What is dated in the future is refused of everything. (as-of, section 8)"""

from datetime import datetime

from policy.refusals import FactInTheFuture
from policy.working_days import moment_in_words


def not_in_the_future(at: datetime, recorded_at: datetime) -> None:
    if at > recorded_at:
        raise FactInTheFuture(
            f"This is dated {moment_in_words(at)}, which has not come yet.", missing=("a time in the past",)
        )
