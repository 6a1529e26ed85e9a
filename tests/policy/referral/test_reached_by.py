"""partner-referrals: by which channel each agency is reached here."""

from policy.editions.agencies import AgencyChannel, reached_by
from tests.given import EDITION


def test_an_agency_is_reached_as_the_edition_says_where_there_is_an_address_of_that_kind() -> None:
    reached = reached_by(EDITION.agencies, {"victim_support": "mail", "floating_support": "webhook"})
    assert reached["victim_support"] is AgencyChannel.MAIL
    assert reached["floating_support"] is AgencyChannel.WEBHOOK


def test_without_such_an_address_somebody_tells_it_by_hand() -> None:
    reached = reached_by(EDITION.agencies, {"victim_support": "webhook", "police": "mail", "nobody": "mail"})
    assert reached.keys() == {agency.key for agency in EDITION.agencies}
    assert set(reached.values()) == {AgencyChannel.HAND}
