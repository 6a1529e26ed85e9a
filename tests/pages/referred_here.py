"""A referral whose agency has it, and the path of its private link."""

from datetime import UTC, datetime

from activities.referrals import Order
from policy.facts import Fact
from policy.facts.people import Party
from policy.referral.facts import ReferralSent
from runtime.tokens import issue_link
from tests.activities.referred import happened, referred
from tests.api.product import Product
from tests.given import a_moment_ago, report

THEN = datetime(2050, 1, 1, tzinfo=UTC)


async def sent_to_agency(site: Product, *facts: Fact) -> Order:
    """Its agency has it, and then these facts."""
    order = await referred(site.records, report(a_moment_ago(), about=Party(name="Pat Sample")))
    for fact in (ReferralSent(at=a_moment_ago(), key=order.duty.key), *facts):
        await happened(site.records, order.ref, fact)
    return order


def answer_path(site: Product, order: Order, agency: str = "victim_support", until: datetime = THEN) -> str:
    return f"/answer/{issue_link(site.settings, order.ref, agency, until)}"
