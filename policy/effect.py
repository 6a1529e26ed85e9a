"""What a case knows of the effect of the behaviour, and of what plays a part in it. (section 6)"""

from pydantic import AwareDatetime

from policy.frozen import Frozen


class Effect(Frozen):
    """On the community, as last recorded `at`, and whether it is `substantial`; `may_be_disability` is each moment
    at which a cause was recorded that may be one, and is not said of whom.
    """

    at: AwareDatetime
    substantial: bool | None = None
    may_be_disability: tuple[AwareDatetime, ...] = ()
