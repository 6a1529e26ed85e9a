"""What staff keep and look for beside cases, who may see one, and what strays to our doors."""

import asyncpg

from runtime.database import dsn
from tests.faults.whole import OUR_PAGE, Whole, ok


async def looks_for_people(whole: Whole) -> None:
    said, officer = whole.said, whole.officer
    name = said.name("people: name")
    ok(await officer.post("/api/people", {"name": name, "standing": "tenant", "phone": "01632 960 005"}), 201)
    found = ok(await officer.post("/api/people/search", {"words": name})).json()["people"]
    assert [one["name"] for one in found] == [name]
    who = f"/api/people/{found[0]['id']}"
    ok(await officer.post(f"{who}/corrections", {"safe_contact": f"Ask for {said.name('people: safe contact')}."}))
    ok(await officer.post(f"{who}/moves", {"address": [said.name("people: address")], "since": "2026-03-02"}))
    ok(await officer.get(f"{who}/changes"))
    assert said.recorded["people: address"] in ok(await whole.staff("data_protection").get(f"{who}/record")).text
    tenancy = {"address": [said.name("tenancy: address")], "tenure": "assured", "starts": "2026-03-02"}
    lives = {"people": [{"person": found[0]["id"], "place": "tenant"}]}
    ok(await officer.post("/api/tenancies", tenancy | lives | {"reference": said.word("tenancy: reference")}), 201)
    draft = {"complainant": {"name": said.in_passing("similar: name")}, "category": "noise"}
    ok(await officer.post("/api/reports/similar", draft))
    question = {
        "reason": "exclusion_policy",
        "applicant": {"name": said.name("lettings check: name"), "address": ["7 Invented Row", "Sevenoaks"]},
        "application": said.word("lettings check: application"),
    }
    ok(await whole.staff("lettings").post("/api/lettings-checks", question), 201)


async def keeps_places_and_work(whole: Whole) -> None:
    said, officer = whole.said, whole.officer
    place = {"name": said.name("place: name"), "address": [said.name("place: address")], "ward": "St John's"}
    listed = {"every_working_days": 10, "officer": "officer-1"}
    at = ok(await officer.post("/api/places", place | listed)).json()["id"]
    dumped = {"kind": "fly_tipping", "where": said.word("place: where"), "words": said.word("place: finding")}
    inspected = {"fact": "place_inspected", "words": said.word("place: inspection"), "findings": [dumped]}
    ok(await officer.post(f"/api/places/{at}/facts", inspected))
    work = {"kind": "campaign", "title": said.word("work: title"), "words": said.word("work: words")}
    ok(await officer.post("/api/prevention", work | {"starts": "2026-03-02", "ends": "2026-09-30"}))


async def restricts_a_case(whole: Whole) -> None:
    """After what one of its entries says was corrected; and somebody sees it all the same."""
    said = whole.said
    ref = await whole.officer.reported(words=f"As {said.word('restricted: words')}.")
    wrong = {"wrong": said.word("correction: wrong"), "right": said.word("correction: right")}
    ok(await whole.officer.post(f"/api/cases/{ref}/corrections", {"seq": 1} | wrong))
    where, named = f"/api/cases/{ref}", {"named": ["supervisor-2"], "why": "staff_involved"}
    restricted = {"fact": "access_restricted", "words": said.word("access: why it is restricted")} | named
    ok(await whole.supervisor.post(f"{where}/access", restricted), 201)
    taken = {"words": f"He is {said.word('access: emergency')}."}
    ok(await whole.staff("officer", "officer-7").post(f"{where}/emergency-access", taken), 201)
    ok(await whole.staff("officer", "officer-7").get(where))


async def strays_are_turned_away(whole: Whole) -> None:
    """Whatever may stand in an address, a head or a body that is not understood."""
    said, officer = whole.said, whole.officer
    ok(await officer.get(f"/api/cases/{said.in_passing('address: a reference')}"), 404, 422)
    ok(await officer.get("/api/tasks", cursor=said.in_passing("address: a page")), 422)
    ok(
        await officer.http.get(f"/api/tasks?{said.in_passing('address: a name')}=1", headers=officer.headers()),
        422,
    )
    for path in ("/l/", "/answer/", "/api/answers/", "/api/", "/my-case/", "/static/"):
        ok(await whole.http.get(f"{path}{said.in_passing(f'address: {path}')}"), 401, 404)
    ok(await whole.http.request(said.in_passing("a method").upper(), "/report"), 400, 405)
    heads = {name: said.in_passing(f"head: {name}") for name in ("User-Agent", "Referer", "X-Forwarded-For")}
    ok(await whole.http.get("/report", headers=heads))
    ok(await whole.http.get("/api/me", headers={"Authorization": f"Bearer {said.in_passing('head: token')}"}), 401)
    not_so = {"channel": said.in_passing("report: no channel"), "words": "x", "category": "noise"}
    ok(await officer.post("/api/reports", not_so), 422)
    ok(await officer.post_raw("/api/reports", f'{{"{said.in_passing("report: no JSON")}'.encode()), 400)


async def breaks_in_the_middle(whole: Whole, link: str) -> None:
    """What nobody foresaw is logged with its trace, while somebody's words and their link are in hand."""
    owner = await asyncpg.connect(dsn(whole.stack.postgres.url("casework")))
    form = {"what": "have_it", "words": whole.said.in_passing("answer page: while it breaks")}
    await owner.execute("REVOKE INSERT ON disclosures FROM casework_app")
    try:
        ok(await whole.http.post(link, data=form, headers=OUR_PAGE), 500)
    finally:
        await owner.execute("GRANT INSERT ON disclosures TO casework_app")
        await owner.close()
