"""What can be known of a message that was not taken, whichever way it went: mail, webhook or text message."""


class DeliveryFailed(Exception):
    """The text holds no personal data: the other side's code, never its words."""


class DeliveryRefused(DeliveryFailed):
    """It will never be taken for whom it is to."""


class DeliveryUnavailable(DeliveryFailed):
    """It was not taken; later it may be."""


class DeliveryInDoubt(DeliveryFailed):
    """All of it was sent and no answer came: it may or may not have been taken."""
