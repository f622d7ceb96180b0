"""The contract of `Curation`: drafts, decisions that compare what they saw, the log."""

import asyncio
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from briefs.article import Approval
from briefs.brief import Correction, State
from briefs.decision import Act, Change, Decision, Shelved
from briefs.digest import Sent
from briefs.errors import Overtaken
from briefs.ports import Curation, Ledger, Library, Shelf, Storage
from briefs.review import Dossier, Merge, Review, Stage
from tests.builders import NOON, a_brief, a_card, a_delivery, a_line, a_message, an_article
from tests.contracts.books import ALL
from tests.contracts.desk import a_change, a_decision, a_draft
from tests.contracts.stores import OPENERS, Opener
from tests.contracts.test_storage_reports import a_report

ROOT = Path(__file__).parents[2]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PARIS = ZoneInfo("Europe/Paris")
CARD = replace(a_card("Hezbollah", "Hizbullah"), approval=Approval("Anna", NOON))
REVIEW = Review(
    "ferry",
    cards=(CARD, a_card("Kataeb Hezbollah", tail="Iraq")),
    merges=(Merge("Hezbollah", "Kataeb Hezbollah", "One is in the other's name."),),
    like=("boat",),
    stage=Stage.HELD,
    reason="It is Sunday.",
    eyes=(Approval("Anna", NOON),),
    version=7,
    given_by="Björn",
)


def a_request():
    return replace(a_delivery(key="review:ferry:1", message=a_message("Please look.")), name="")


async def put(curation: Curation, *things, at=NOON) -> int:
    """Put things where none were, as one decision."""
    return await curation.decide(a_decision(*(a_change(None, thing) for thing in things), act=Act.ADDED, at=at))


async def refused(curation: Curation, decision: Decision, *owed) -> str:
    """What whoever decided is told, who was overtaken."""
    with pytest.raises(Overtaken) as caught:
        await curation.decide(decision, owed)
    assert str(caught.value).endswith(" Nothing of yours was done: look at it as it stands now.")
    return str(caught.value).removesuffix(" Nothing of yours was done: look at it as it stands now.")


# --- deciding --------------------------------------------------------------------------------------------------------


async def test_a_decision_makes_every_change_is_logged_and_owes(shelf: Shelf, curation: Curation, ledger: Ledger):
    changes = (a_change(None, a_draft()), a_change(None, REVIEW), a_change(None, CARD), a_change(None, "console/desk", "reviews"))
    decision = a_decision(*changes, act=Act.ADDED, told="a draft", reason="It is news.")
    number = await curation.decide(decision, [a_request()])
    assert await curation.dossier("ferry") == Dossier(a_draft(), REVIEW)
    assert await shelf.card("hezbollah") == CARD
    assert await curation.note("reviews") == "console/desk"
    assert await curation.decision(number) == replace(decision, number=number)
    assert [d.key for d in await ledger.claim("w", NOON, HOUR, 9, ALL)] == ["review:ferry:1"]


async def test_decisions_are_numbered_from_1(curation: Curation):
    assert [await curation.decide(a_decision()) for _ in range(3)] == [1, 2, 3]


async def test_what_is_owed_is_owed_once(curation: Curation, ledger: Ledger):
    for _ in range(2):
        await curation.decide(a_decision(), [a_request()])
    [claimed] = await ledger.claim("w", NOON, HOUR, 9, ALL)
    await ledger.settle([(claimed, Sent("m"))], "w", NOON)
    await curation.decide(a_decision(), [a_request()])
    assert await ledger.claim("w", NOON, HOUR, 9, ALL) == ()


async def test_a_later_change_may_be_of_what_an_earlier_one_put_there(curation: Curation):
    first, second = a_draft(headline="One"), a_draft(headline="Two")
    await curation.decide(a_decision(a_change(None, first), a_change(first, second)))
    assert await curation.brief("ferry") == second


async def test_what_a_curator_decided_no_library_overwrites(shelf: Shelf, curation: Curation):
    library = Library("mine", "1", (), (a_brief("ferry"),), (a_card(),))
    await shelf.load_library(library, NOON)
    ours, card = a_brief("ferry", headline="Ours"), replace(a_card(), approval=Approval("Anna", NOON))
    await curation.decide(a_decision(a_change(a_brief("ferry"), ours), a_change(a_card(), card)))
    await shelf.load_library(replace(library, edition="2"), NOON)
    assert await shelf.brief("ferry") == ours and await shelf.card("hezbollah") == card


async def test_what_an_approved_draft_has_is_found_and_was_not_before(shelf: Shelf, curation: Curation):
    article = an_article("The ferry sank.", handle="ferry")
    await shelf.put_article(article)
    draft = replace(a_draft(headline="Ferry sinks"), article=article.id, topics=("sea",), entities=("hezbollah",))
    approved = replace(draft, state=State.APPROVED, approval=Approval("Anna", NOON))
    await put(curation, draft, REVIEW)

    async def found() -> list[int]:
        return [
            len(await shelf.find("sinks", sample=False, drafts=False, limit=9)),
            len(await shelf.find("sank", sample=False, drafts=False, limit=9)),
            len(await shelf.briefs(sample=False, limit=9, topics=["sea"])),
            len(await shelf.briefs_naming("hezbollah", sample=False, limit=9)),
            len(await shelf.suggest_briefs("fer", sample=False, limit=9)),
            len(await shelf.suggest_entities("hiz", sample=False, limit=9)),
        ]

    assert await found() == [0] * 6
    approving = a_decision(a_change(draft, approved), a_change(None, CARD))
    await curation.decide(approving)
    assert await found() == [1] * 6
    await curation.decide(a_decision(*(change.undone for change in reversed(approving.changes))))
    assert await found() == [0] * 6
    assert await shelf.find("sinks", sample=False, drafts=True, limit=9)


async def test_what_goes_is_found_no_longer(shelf: Shelf, curation: Curation):
    article = an_article("The ferry sank.", handle="ferry")
    await shelf.put_article(article)
    mended = (Correction(NOON, was="It swam."),)
    brief = replace(a_brief("ferry", article=article, headline="Ferry sinks", topics=["sea"]), corrections=mended)
    await put(curation, brief, CARD, REVIEW)
    assert len(await shelf.corrected(NOON - DAY, sample=False)) == 1
    await curation.decide(a_decision(a_change(brief, None), a_change(CARD, None), a_change(REVIEW, None)))
    for query in ("sinks", "hizbullah"):
        assert await shelf.find(query, sample=False, drafts=True, limit=9) == ()
    assert await shelf.find("sank", sample=False, drafts=False, limit=9) == ()
    assert await shelf.briefs(sample=False, limit=9, topics=["sea"]) == ()
    assert await shelf.suggest_entities("hiz", sample=False, limit=9) == await shelf.suggest_briefs("fer", sample=False, limit=9) == ()
    assert await shelf.corrected(NOON - DAY, sample=False) == ()
    assert await shelf.card("hezbollah") is None and await curation.brief("ferry") is None and await curation.dossier("ferry") is None


async def test_another_brief_of_the_same_slug_is_not_taken_for_corrected_before(shelf: Shelf, curation: Curation):
    first = replace(a_brief("ferry"), corrections=(Correction(NOON - DAY, was="It swam."),))
    await put(curation, first)
    await curation.decide(a_decision(a_change(first, None)))
    second = replace(a_brief("ferry", headline="Another"), corrections=(Correction(NOON, was="It flew."),))
    await put(curation, second)
    assert await shelf.corrected(NOON - HOUR, sample=False) == ((second, second.corrections[0]),)


@pytest.mark.parametrize(
    ("kind", "key", "after"),
    [
        pytest.param(Shelved.BRIEF, "boat", a_draft("ferry"), id="another-slug"),
        pytest.param(Shelved.CARD, "boat", a_draft("boat"), id="another-kind"),
        pytest.param(Shelved.NOTE, "boat", REVIEW, id="no-text"),
    ],
)
async def test_a_change_that_is_not_of_its_kind_or_key_is_a_fault(curation: Curation, kind, key, after):
    with pytest.raises(ValueError, match="boat"):
        await curation.decide(a_decision(Change(kind, key, None, after)))
    assert await curation.log(limit=9) == ()


# --- being overtaken -------------------------------------------------------------------------------------------------

OTHER_THINGS = [
    pytest.param(a_draft(headline="One"), a_draft(headline="Two"), id="brief"),
    pytest.param(a_card(), CARD, id="card"),
    pytest.param(REVIEW, replace(REVIEW, version=8), id="review"),
    pytest.param("one", "two", id="note"),
]


@pytest.mark.parametrize(("seen", "stands"), OTHER_THINGS)
async def test_of_a_decision_that_was_overtaken_nothing_is_done(storage: Storage, curation: Curation, ledger: Ledger, seen, stands):
    await curation.decide(a_decision(a_change(None, stands, "n")))
    for late in (a_change(seen, None, "n"), a_change(None, seen, "n")):
        more = (a_change(None, a_draft("boat")), a_change(None, replace(REVIEW, slug="boat")), a_change(None, "x", "other"))
        assert await refused(curation, a_decision(*more, late, by="Björn", at=NOON + HOUR), a_request()) == "Anna edited it at 12:00 UTC."
    assert await curation.stands(a_change(stands, None, "n"))
    assert len(await curation.log(limit=9)) == 1
    assert await curation.brief("boat") is None and await curation.note("other") == ""
    assert not await storage.shelf.find("boat", sample=False, drafts=True, limit=9)
    assert await ledger.next_due(ALL) is None


@pytest.mark.parametrize(("before", "after"), OTHER_THINGS)
async def test_what_is_gone_cannot_be_changed(curation: Curation, before, after):
    change = a_change(before, after, "n")
    assert not await curation.stands(change)
    assert await refused(curation, a_decision(change)) == "It has changed since you looked at it."


@pytest.mark.parametrize(
    ("act", "at", "sentence"),
    [
        pytest.param(Act.EDITED, NOON, "Anna edited it at 12:00 UTC.", id="same-day"),
        pytest.param(Act.APPROVED, NOON - timedelta(days=2), "Anna approved it on 28 February 2026 at 12:00 UTC.", id="another-day"),
        pytest.param(Act.SET, NOON, "Anna changed it at 12:00 UTC.", id="set"),
        pytest.param(Act.KEPT_APART, NOON, "Anna kept it apart at 12:00 UTC.", id="kept-apart"),
        pytest.param(Act.UNDID, NOON, "Anna took back what was done to it at 12:00 UTC.", id="undid"),
    ],
)
async def test_whoever_is_overtaken_is_told_by_whom(curation: Curation, act, at, sentence):
    await put(curation, a_draft(), at=NOON - 3 * DAY)
    await curation.decide(a_decision(a_change(a_draft(), a_draft(headline="Two")), act=act, at=at.astimezone(PARIS)))
    assert await refused(curation, a_decision(a_change(a_draft(), a_draft(headline="Three")), by="Björn", at=NOON + HOUR)) == sentence


async def test_the_error_says_of_which_brief(curation: Curation):
    with pytest.raises(Overtaken) as caught:
        await curation.decide(a_decision(a_change(CARD, None), about="ferry"))
    assert caught.value.slug == "ferry"


async def test_nobody_is_blamed_for_what_was_put_since(shelf: Shelf, curation: Curation):
    await put(curation, a_draft())
    await shelf.put_brief(a_draft(headline="Two"))
    assert await refused(curation, a_decision(a_change(a_draft(), None))) == "It has changed since you looked at it."


# --- what stands -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("published", [None, date(2026, 3, 2), datetime(2026, 3, 2, tzinfo=UTC), NOON.astimezone(PARIS)], ids=str)
async def test_moments_are_the_same_in_every_zone(curation: Curation, published):
    there = NOON.astimezone(PARIS)
    mended = (Correction(there, was="It swam."), Correction(date(2026, 3, 2), was="It flew."))
    brief = replace(a_brief("ferry", approved=there, published=published), corrections=mended)
    card = replace(a_card(), approval=Approval("Anna", there))
    review = replace(REVIEW, cards=(card,), eyes=(Approval("Anna", there),))
    await put(curation, brief, card, review)
    stored = await curation.dossier("ferry")
    assert stored and stored.brief.approval and stored.brief.approval.at.tzinfo == stored.review.eyes[0].at.tzinfo == UTC
    for thing in (brief, card, review, stored.brief, stored.review):
        assert await curation.stands(a_change(thing, None))
    await curation.decide(a_decision(*(a_change(thing, None) for thing in (stored.brief, card, review))))


async def test_a_moment_that_comes_twice_is_the_same_in_every_zone(curation: Curation):
    for fold in (0, 1):
        twice = datetime(2026, 10, 25, 2, 30, tzinfo=PARIS, fold=fold)
        card = replace(a_card(), approval=Approval("Anna", twice))
        number = await put(curation, card)
        [change] = (await curation.decision(number)).changes
        assert change.after.approval.at == twice.astimezone(UTC)
        await curation.decide(a_decision(a_change(card, None)))


@pytest.mark.parametrize("state", State)
async def test_a_brief_is_there_in_whatever_state(shelf: Shelf, curation: Curation, state):
    assert await curation.brief("ferry") is None
    await shelf.put_brief(a_brief("ferry", state=state))
    assert await curation.brief("ferry") == a_brief("ferry", state=state)
    assert await curation.dossier("ferry") is None  # it never had a review
    assert await curation.brief("\ud800") is None


@pytest.mark.parametrize("stage", Stage)
async def test_a_dossier_is_there_in_whatever_stage(curation: Curation, stage):
    review = replace(REVIEW, stage=stage)
    await put(curation, a_draft(), review)
    assert await curation.dossier("ferry") == Dossier(a_draft(), review)


async def test_the_queue_has_the_longest_waiting_first(curation: Curation):
    for slug, at in {"a": NOON, "b": NOON - DAY, "c": NOON - HOUR, "d": NOON - DAY}.items():
        await put(curation, a_draft(slug), Review(slug), at=at)
    await curation.decide(a_decision(a_change(Review("b"), Review("b", stage=Stage.HELD, version=2)), at=NOON + DAY))
    await curation.decide(a_decision(a_change(Review("d"), Review("d", stage=Stage.REJECTED, version=2))))

    async def slugs(*stages, limit=9):
        return [dossier.review.slug for dossier in await curation.queue(stages, limit)]

    assert await slugs(Stage.WAITING, Stage.HELD) == ["b", "c", "a"]
    assert await slugs(Stage.WAITING) == ["c", "a"] and await slugs(*Stage) == ["b", "d", "c", "a"]
    assert await slugs(*Stage, limit=2) == ["b", "d"]
    assert await slugs() == await slugs(*Stage, limit=0) == []
    [first] = await curation.queue([Stage.REJECTED], 9)
    assert first == Dossier(a_draft("d"), Review("d", stage=Stage.REJECTED, version=2))


async def test_a_draft_that_a_library_has_no_longer_leaves_the_desk(shelf: Shelf, curation: Curation):
    await shelf.load_library(Library("mine", "1", (), (a_draft("ferry"), a_draft("boat")), ()), NOON)
    await put(curation, Review("ferry"), Review("boat"))
    await shelf.load_library(Library("mine", "2", (), (a_draft("boat", "New"),), ()), NOON)
    assert await curation.queue(Stage, 9) == (Dossier(a_draft("boat", "New"), Review("boat")),)
    assert await curation.stands(Change(Shelved.REVIEW, "ferry", None, None))


async def test_a_note_is_replaced_and_goes(curation: Curation):
    assert await curation.note("reviews") == ""
    await curation.decide(a_decision(a_change(None, "a/b", "reviews")))
    await curation.decide(a_decision(a_change("a/b", "c/“d”\0", "reviews")))
    assert await curation.note("reviews") == "c/“d”\0" and await curation.note("other") == ""
    await curation.decide(a_decision(a_change("c/“d”\0", None, "reviews")))
    assert await curation.note("reviews") == ""


# --- the log ---------------------------------------------------------------------------------------------------------


async def test_the_log_has_the_newest_first_without_their_changes(curation: Curation):
    decisions = [a_decision(about=about, told=str(n), at=NOON.astimezone(PARIS)) for n, about in enumerate(("ferry", "", "boat", "ferry"))]
    await curation.decide(replace(decisions[0], changes=(a_change(None, a_draft()),)))
    for decision in decisions[1:]:
        await curation.decide(decision)
    logged = [replace(decision, number=number) for number, decision in enumerate(decisions, 1)][::-1]
    assert list(await curation.log(limit=9)) == logged
    assert (await curation.log(limit=1))[0].at.tzinfo is UTC
    assert list(await curation.log(about="ferry", limit=9)) == [logged[0], logged[3]]
    assert list(await curation.log(about="ferry", before=4, limit=9)) == [logged[3]]
    assert list(await curation.log(before=3, limit=1)) == [logged[2]]
    assert await curation.log(limit=0) == await curation.log(about="x", limit=9) == ()


async def test_a_decision_that_was_never_made_is_none(curation: Curation):
    assert await curation.decision(1) is None and await curation.undone(1) is None and await curation.undone(0) is None


async def test_the_last_decision_that_took_one_back(curation: Curation):
    await put(curation, a_draft())
    undoing = a_decision(a_change(a_draft(), None), act=Act.UNDID, undoes=1)
    assert await curation.undone(1) is None
    number = await curation.decide(undoing)
    again = await curation.decide(a_decision(a_change(None, a_draft()), act=Act.UNDID, undoes=number))
    last = await curation.decide(undoing)
    assert await curation.undone(1) == replace(undoing, number=last, changes=())
    undone = await curation.undone(number)
    assert undone and undone.number == again


async def test_half_of_a_character_is_kept_as_a_question_mark(curation: Curation):
    number = await curation.decide(a_decision(told="a\ud800b", reason="\udfff", by="A\ud800"))
    found = await curation.decision(number)
    assert found and (found.told, found.reason, found.by) == ("a?b", "?", "A?")


# --- forgetting ------------------------------------------------------------------------------------------------------


async def test_a_persons_name_goes_out_of_the_log_of_approvals_and_of_reviews(shelf: Shelf, curation: Curation):
    brief = replace(
        a_brief("ferry", headline="Anna sank"), approval=Approval("Anna", NOON), corrections=(Correction(NOON, was="x", by="Anna"),)
    )
    review = replace(REVIEW, given_by="Anna M.")
    await put(curation, brief, CARD, review)
    await curation.decide(a_decision(by="Björn", person="slack:T/U"))
    assert await curation.forget("console:anna", ["Anna", "Anna M."]) == 1 + 1 + 1 + 1 + 3
    nobody = "a curator"
    approval = Approval(nobody, NOON)
    card = replace(CARD, approval=approval)
    nameless = replace(brief, approval=approval, corrections=(Correction(NOON, was="x", by=nobody),))
    looked_at = replace(review, given_by=nobody, eyes=(approval,), cards=(card, REVIEW.cards[1]))
    assert await shelf.brief("ferry") == nameless
    assert await shelf.card("hezbollah") == card
    assert await curation.dossier("ferry") == Dossier(nameless, looked_at)
    assert [(d.by, d.person) for d in await curation.log(limit=9)] == [("Björn", "slack:T/U"), (nobody, "")]
    assert [hit.ref for hit in await shelf.find("anna", sample=False, drafts=False, limit=1)] == ["ferry"]  # who the news is about stays
    assert await curation.forget("console:anna", ["Anna", "Anna M."]) == 0


async def test_what_somebody_who_was_forgotten_decided_is_undone_as_before(curation: Curation):
    await put(curation, CARD)
    await curation.forget("console:anna", ["Anna"])
    made = await curation.decision(1)
    assert made
    await curation.decide(a_decision(*(change.undone for change in made.changes), act=Act.UNDID, undoes=1))
    assert await curation.stands(a_change(None, CARD))


async def test_nobody_elses_name_is_taken(curation: Curation):
    await put(curation, CARD, REVIEW)
    await curation.decide(a_decision(by="Anna", person="slack:T/U"))  # another Anna
    assert await curation.forget("discord:1", ["Ann", "%", "_nna", ""]) == 0
    assert await curation.forget("", ["Ann"]) == 0
    assert [d.by for d in await curation.log(limit=9)] == ["Anna", "Anna"]


async def test_the_name_under_answers_to_readers_goes_too(storage: Storage, curation: Curation):
    number = await storage.reports.put(a_report())
    await storage.reports.answer(number, "Anna", "It was mended.", NOON)
    assert await curation.forget("console:anna", ["Anna"]) == 1
    answered = await storage.reports.report(number)
    assert answered and (answered.answered_by, answered.answer) == ("a curator", "It was mended.")


# --- several at once, and crashes ------------------------------------------------------------------------------------


async def test_whoever_is_overtaken_by_a_later_decision_of_their_own_is_told_so(curation: Curation):
    draft, later = a_draft(), a_draft(headline="Two")
    await put(curation, draft)
    await curation.decide(a_decision(a_change(draft, later), by="Anna"))
    with pytest.raises(Overtaken, match="^You edited it at 12:00 UTC. Nothing was done now"):
        await curation.decide(a_decision(a_change(draft, a_draft(headline="Three")), by="Anna"))


async def test_of_two_that_decide_on_one_thing_at_once_one_is_overtaken(opener: Opener, tmp_path: Path):
    stores = [await opener(tmp_path) for _ in range(2)]
    await put(stores[0].curation, a_draft())
    for number in range(10):
        seen = await stores[0].curation.brief("ferry")
        assert seen
        later = [replace(seen, headline=a_line(f"{name} {number}")) for name in ("Anna", "Björn")]
        decisions = [a_decision(a_change(seen, after), by=after.headline.text) for after in later]
        outcomes = await asyncio.gather(
            *(store.curation.decide(decision) for store, decision in zip(stores, decisions, strict=True)), return_exceptions=True
        )
        [lost] = [outcome for outcome in outcomes if isinstance(outcome, Overtaken)]
        [won] = [at for at, outcome in enumerate(outcomes) if isinstance(outcome, int)]
        assert await stores[won].curation.brief("ferry") == later[won]
        assert str(lost).startswith(f"{decisions[won].by} edited it at ")
    for store in stores:
        await store.close()


_DECIDER = """
import asyncio, sys
from dataclasses import replace
from pathlib import Path
from briefs.errors import Overtaken
from tests.builders import a_line
from tests.contracts.desk import a_change, a_decision
from tests.contracts.stores import OPENERS

async def main():
    store = await OPENERS[sys.argv[1]](Path(sys.argv[2]))
    made = 0
    while made < 20:
        seen = await store.curation.brief("ferry")
        after = replace(seen, topics=(*seen.topics, f"{sys.argv[3]}{made}"))
        try:
            await store.curation.decide(a_decision(a_change(seen, after)))
        except Overtaken:
            continue
        made += 1
    await store.close()

asyncio.run(main())
"""


@pytest.mark.parametrize("kind", sorted(OPENERS))
async def test_nothing_is_lost_where_several_processes_decide(kind, tmp_path: Path):
    store = await OPENERS[kind](tmp_path)
    await put(store.curation, a_draft())
    run = [sys.executable, "-c", _DECIDER, kind, str(tmp_path)]
    workers = [await asyncio.create_subprocess_exec(*run, name, cwd=ROOT) for name in "ab"]
    assert [await worker.wait() for worker in workers] == [0, 0]
    left = await store.curation.brief("ferry")
    assert left and sorted(left.topics) == sorted(f"{name}{number}" for name in "ab" for number in range(20))
    assert len(await store.curation.log(limit=99)) == 41
    await store.close()


_CRASHER = """
import asyncio, os, sys
from pathlib import Path
from adapters.storage import decisions, ledger_plan
from tests.contracts.desk import a_change, a_decision, a_draft
from tests.contracts.stores import OPENERS
from tests.contracts.test_storage_curation import CARD, REVIEW, a_request

async def main():
    store = await OPENERS[sys.argv[1]](Path(sys.argv[2]))
    module, name = {"log": (decisions, "add"), "owe": (ledger_plan, "_insert")}[sys.argv[3]]
    whole = getattr(module, name)

    def die(*args, **kwargs):
        whole(*args, **kwargs)
        os._exit(9)

    setattr(module, name, die)
    await store.curation.decide(a_decision(*(a_change(None, thing) for thing in (a_draft(), CARD, REVIEW))), [a_request()])

asyncio.run(main())
"""


@pytest.mark.parametrize("where", ["log", "owe"])
@pytest.mark.parametrize("kind", sorted(OPENERS))
async def test_of_a_decision_that_is_cut_off_nothing_is_left(kind, where, tmp_path: Path):
    crasher = await asyncio.create_subprocess_exec(sys.executable, "-c", _CRASHER, kind, str(tmp_path), where, cwd=ROOT)
    assert await crasher.wait() == 9
    store = await OPENERS[kind](tmp_path)
    assert await store.curation.log(limit=9) == ()
    assert await store.curation.brief("ferry") is None and await store.shelf.card("hezbollah") is None
    assert await store.curation.stands(Change(Shelved.REVIEW, "ferry", None, None))
    assert await store.ledger.next_due(ALL) is None
    await put(store.curation, a_draft(), CARD, REVIEW)
    await store.close()
