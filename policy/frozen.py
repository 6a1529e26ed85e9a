"""The base of every value that policy, workflows and the wire share."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """An immutable value. Unknown fields are ignored when decoding, so that types can grow.
    An error never quotes what it was given: it may end in a log.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)
