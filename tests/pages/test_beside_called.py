"""What is carried on beside a case is called on its page as people call it."""

from beside_a_case import legal_action_on, review_on

from tests.api.product import Product
from tests.given import EDITION


async def test_a_remedy_and_a_district_are_called_by_their_names(site: Product) -> None:
    review, legal = await review_on(site), await legal_action_on(site)
    district = next(one.name for one in EDITION.case_reviews.districts if one.key == "sevenoaks")
    page = (await site.supervisor.get(f"/cases/CW{review.removeprefix('CR')}")).text
    assert f"{review}</a>: {district}" in page
    page = (await site.supervisor.get(f"/cases/{legal.rpartition('-')[0]}")).text
    assert f"{legal}</a>: Injunction" in page
