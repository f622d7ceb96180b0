"""The contract of `Storage` for what belongs to the installation: articles, briefs, cards, names, search."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefs.article import Attribution, Figure, Hedge, Wording
from briefs.brief import State, Step
from briefs.entity import NotTheSame, Relation
from briefs.errors import BadInput
from briefs.hit import HitKind
from briefs.ports import Library, Shelf, Stored
from tests.builders import NOON, a_brief, a_card, a_line, an_article

TEXT = "The ferry sank.\nNobody was hurt."


def slugs(briefs):
    return [brief.slug for brief in briefs]


def a_library(edition="1", *, articles=(), briefs=(), cards=(), name="sample"):
    return Library(name, edition, tuple(articles), tuple(briefs), tuple(cards))


def the_sample(edition="1", **changes):
    retelling = an_article("A boat went down.", "All are well.", handle="ferry", of=TEXT, wording=Wording.RETELLING, sample=True)
    parts = {
        "articles": [retelling],
        "briefs": [a_brief("ferry", article=retelling, headline="Boat goes down", sample=True)],
        "cards": [a_card("Harbour Guild", article=retelling, sample=True)],
    }
    return a_library(edition, **{**parts, **changes})


# --- articles --------------------------------------------------------------------------------------------------------


async def test_an_article_comes_back_as_it_was_put(shelf: Shelf):
    article = an_article(title="T", outlet="O", byline="B", licence="CC BY", published=date(2026, 1, 2))
    marked = replace(
        article.sentences[0],
        hedges=(Hedge("an estimated", "50,000"),),
        attributions=(Attribution("Reuters reported", "Reuters", "airstrikes"),),
        figures=(Figure("50,000", "fighters", hedge="an estimated", whose="Reuters"),),
    )
    article = replace(article, sentences=(marked, *article.sentences[1:]))
    assert await shelf.put_article(article) is Stored.NEW
    assert await shelf.article(article.id) == article


async def test_a_moment_of_publication_comes_back_in_utc(shelf: Shelf):
    published = datetime(2026, 1, 2, 3, tzinfo=timezone(timedelta(hours=2)))
    await shelf.put_article(an_article(published=published))
    found = await shelf.article("ferry")
    assert found and found.published == published and isinstance(found.published, datetime)
    assert found.published.utcoffset() == timedelta(0)


async def test_a_day_of_publication_stays_a_day(shelf: Shelf):
    await shelf.put_article(an_article(published=date(2026, 1, 2)))
    found = await shelf.article("ferry")
    assert found and type(found.published) is date


async def test_the_same_text_twice_is_the_same_article_and_changes_nothing(shelf: Shelf):
    await shelf.put_article(an_article("One.", handle="first", title="Kept"))
    assert await shelf.put_article(an_article("One.", handle="second", title="Lost")) is Stored.SAME
    found = await shelf.article("first")
    assert found and found.title == "Kept"
    assert await shelf.article("second") is None


@pytest.mark.parametrize("given_at", [date(2026, 1, 2), None])
async def test_an_original_is_attached_to_its_retelling(shelf: Shelf, given_at):
    retelling = an_article("A boat.", "Well.", of=TEXT, wording=Wording.RETELLING, handle="ferry", title="Given", published=given_at)
    original = an_article(*TEXT.split("\n"), handle="other", title="Lost", outlet="New", published=date(2020, 1, 1))
    assert original.id == retelling.id
    await shelf.load_library(a_library(articles=[retelling]), NOON)
    assert await shelf.put_article(original) is Stored.ATTACHED
    found = await shelf.article("ferry")
    assert found and found.wording is Wording.ORIGINAL and found.text == TEXT
    assert (found.handle, found.title, found.outlet) == ("ferry", "Given", "New")
    assert found.published == (given_at or date(2020, 1, 1))
    assert await shelf.article("other") is None


async def test_each_wording_keeps_its_own_annotations(shelf: Shelf):
    retelling = an_article("A boat.", of=TEXT, wording=Wording.RETELLING)
    retelling = replace(retelling, sentences=(replace(retelling.sentences[0], hedges=(Hedge("maybe", "boat"),)),))
    await shelf.load_library(a_library(articles=[retelling]), NOON)
    await shelf.put_article(an_article(*TEXT.split("\n")))
    told = await shelf.article("ferry", wording=Wording.RETELLING)
    original = await shelf.article("ferry", wording=Wording.ORIGINAL)
    assert told and told.sentences[0].hedges and original and not original.sentences[0].hedges


async def test_a_wording_that_is_not_there_is_none(shelf: Shelf):
    await shelf.put_article(an_article())
    assert await shelf.article("ferry", wording=Wording.RETELLING) is None


async def test_a_taken_handle_gets_a_number(shelf: Shelf):
    for line in ("One.", "Two.", "Three."):
        await shelf.put_article(an_article(line, handle="iraq"))
    found = [await shelf.article(ref) for ref in ("iraq", "iraq-2", "iraq-3")]
    assert [article and article.text for article in found] == ["One.", "Two.", "Three."]
    assert [article and article.handle for article in found] == ["iraq", "iraq-2", "iraq-3"]


async def test_an_article_is_found_by_eight_digits_of_its_id_and_no_fewer(shelf: Shelf):
    article = an_article()
    await shelf.put_article(article)
    assert await shelf.article(article.id[:8]) == article
    assert await shelf.article(article.id[:12].upper()) == article
    assert await shelf.article(article.id[:7]) is None


@pytest.mark.parametrize("ref", ["", "%", "_", "nothing", "\ud800", "ferry\0", "f" * 100_000])
async def test_there_is_no_article_of_another_name(shelf: Shelf, ref):
    await shelf.put_article(an_article())
    assert await shelf.article(ref) is None


# --- briefs ----------------------------------------------------------------------------------------------------------


async def test_a_brief_comes_back_as_it_was_put(shelf: Shelf):
    step = Step("2003", True, a_line("It was built."), ("ferry",))
    brief = a_brief("ferry", points=["It sank."], topics=["ports"], entities=["guild"], timeline=(step,), published=date(2026, 1, 1))
    await shelf.put_brief(brief)
    assert await shelf.brief("ferry") == brief


async def test_an_approval_comes_back_in_utc(shelf: Shelf):
    at = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=timezone(timedelta(hours=5)))
    await shelf.put_brief(a_brief(approved=at))
    found = await shelf.brief("ferry")
    assert found and found.approval and found.approval.at == at and found.approval.at.utcoffset() == timedelta(0)


async def test_a_brief_replaces_the_one_of_its_slug(shelf: Shelf):
    await shelf.put_brief(a_brief("ferry", headline="Old words", topics=["old"], entities=["old"]))
    await shelf.put_brief(a_brief("ferry", headline="New phrase"))
    found = await shelf.brief("ferry")
    assert found and found.headline.text == "New phrase"
    assert not await shelf.briefs(sample=True, limit=9, topics=["old"])
    assert not await shelf.briefs_naming("old", sample=True, limit=9)
    assert not await shelf.find("old words", sample=True, drafts=True, limit=9)
    assert not await shelf.suggest_briefs("words", sample=True, limit=9)


@pytest.mark.parametrize("state", [State.DRAFT, State.WITHDRAWN])
async def test_only_approved_briefs_are_returned(shelf: Shelf, state):
    article = an_article()
    await shelf.put_article(article)
    await shelf.put_brief(a_brief("ferry", article=article, state=state, topics=["ports"], entities=["guild"]))
    assert await shelf.brief("ferry") is None
    assert await shelf.briefs(sample=True, limit=9) == ()
    assert await shelf.briefs(sample=True, limit=9, topics=["ports"]) == ()
    assert await shelf.briefs_naming("guild", sample=True, limit=9) == ()
    assert await shelf.brief_of_article(article.id) is None
    assert await shelf.suggest_briefs("fer", sample=True, limit=9) == ()
    assert await shelf.suggest_briefs("", sample=True, limit=9) == ()
    assert not await shelf.has_own_briefs()


async def test_a_brief_is_shown_sample_or_not(shelf: Shelf):
    await shelf.load_library(the_sample(), NOON)
    assert await shelf.brief("ferry") is not None
    assert await shelf.brief("nothing") is None


async def test_the_newest_briefs_come_first(shelf: Shelf):
    for number in (2, 3, 1):
        await shelf.put_brief(a_brief(f"b{number}", approved=NOON + timedelta(hours=number)))
    assert slugs(await shelf.briefs(sample=False, limit=9)) == ["b3", "b2", "b1"]
    assert slugs(await shelf.briefs(sample=False, limit=2)) == ["b3", "b2"]
    assert await shelf.briefs(sample=False, limit=0) == ()


async def test_only_briefs_with_one_of_the_topics(shelf: Shelf):
    await shelf.put_brief(a_brief("a", topics=["x", "y"], approved=NOON))
    await shelf.put_brief(a_brief("b", topics=["y"], approved=NOON + timedelta(hours=1)))
    await shelf.put_brief(a_brief("c", topics=["z"], approved=NOON + timedelta(hours=2)))
    assert slugs(await shelf.briefs(sample=False, limit=9, topics=["x", "y"])) == ["b", "a"]
    assert slugs(await shelf.briefs(sample=False, limit=1, topics=["x", "y", "y"])) == ["b"]
    assert await shelf.briefs(sample=False, limit=9, topics=["nothing"]) == ()


async def test_briefs_naming_an_entity_newest_first(shelf: Shelf):
    await shelf.put_brief(a_brief("a", entities=["x", "y"], approved=NOON))
    await shelf.put_brief(a_brief("b", entities=["x"], approved=NOON + timedelta(hours=1)))
    assert slugs(await shelf.briefs_naming("x", sample=False, limit=9)) == ["b", "a"]
    assert slugs(await shelf.briefs_naming("x", sample=False, limit=1)) == ["b"]
    assert slugs(await shelf.briefs_naming("y", sample=False, limit=9)) == ["a"]


async def test_sample_false_leaves_the_sample_out_everywhere(shelf: Shelf):
    sample = the_sample()
    brief = replace(sample.briefs[0], topics=("ports",), entities=("harbour-guild",))
    await shelf.load_library(replace(sample, briefs=(brief,)), NOON)
    for shown in (True, False):
        assert bool(await shelf.briefs(sample=shown, limit=9)) is shown
        assert bool(await shelf.briefs(sample=shown, limit=9, topics=["ports"])) is shown
        assert bool(await shelf.briefs_naming("harbour-guild", sample=shown, limit=9)) is shown
        assert bool(await shelf.named("harbour guild", sample=shown, limit=9)) is shown
        for typed in ("", "harb", "guild", "harbuor"):
            assert bool(await shelf.suggest_entities(typed, sample=shown, limit=9)) is shown, typed
        for typed in ("", "fer", "goes", "ferrry"):
            assert bool(await shelf.suggest_briefs(typed, sample=shown, limit=9)) is shown, typed
        for query in ("boat goes", "guild", "all are well"):
            assert bool(await shelf.find(query, sample=shown, drafts=True, limit=9)) is shown, query


async def test_the_sample_is_nobodys_own_brief(shelf: Shelf):
    await shelf.load_library(the_sample(), NOON)
    assert not await shelf.has_own_briefs()
    await shelf.put_brief(a_brief("own"))
    assert await shelf.has_own_briefs()


async def test_the_brief_of_an_article(shelf: Shelf):
    article = an_article()
    await shelf.put_brief(a_brief("ferry", article=article))
    found = await shelf.brief_of_article(article.id)
    assert found and found.slug == "ferry"
    assert await shelf.brief_of_article("0" * 64) is None


# --- cards and entities ----------------------------------------------------------------------------------------------


async def test_a_card_comes_back_as_it_was_put(shelf: Shelf):
    line = a_line("They are two.")
    card = a_card("Hezbollah", "Party of God", relations=(Relation("iran", "Iran", line),), not_the_same=(NotTheSame("kh", "KH", line),))
    await shelf.put_card(card)
    assert await shelf.card("hezbollah") == card
    assert await shelf.card("nothing") is None


async def test_a_card_replaces_the_one_of_its_slug(shelf: Shelf):
    await shelf.put_card(a_card("Hezbollah", "Party of God", facts=["An old fact."]))
    await shelf.put_card(a_card("Hezbollah", facts=["A new one."]))
    card = await shelf.card("hezbollah")
    assert card and card.facts[0].line.text == "A new one."
    assert not await shelf.suggest_entities("party", sample=False, limit=9)
    assert not await shelf.named("party of god", sample=False, limit=9)
    assert not await shelf.find("old fact", sample=False, drafts=True, limit=9)


async def test_entities_come_in_the_order_asked_without_the_missing(shelf: Shelf):
    for name in ("Iran", "Iraq"):
        await shelf.put_card(a_card(name))
    assert [entity.slug for entity in await shelf.entities(["iraq", "nothing", "iran"])] == ["iraq", "iran"]
    assert await shelf.entities([]) == ()


@pytest.fixture
async def names(shelf: Shelf) -> Shelf:
    await shelf.put_card(a_card("Hezbollah", "Party of God", "حزب الله"))
    await shelf.put_card(a_card("Kataeb Hezbollah", "Kata'ib Hizballah", "KH", tail="Iraq"))
    await shelf.put_card(a_card("Qassem Soleimani", tail="Iran"))
    await shelf.put_card(a_card("Quds Force", "al-Quds Brigade", tail="Iran"))
    await shelf.put_card(a_card("Iran", tail="state"))
    await shelf.put_card(a_card("Iraq", tail="state"))
    await shelf.put_card(a_card("Donald Trump", tail="president"))
    return shelf


@pytest.mark.parametrize(
    ("words", "found"),
    [
        pytest.param("hezbollah", ["hezbollah", "kataeb-hezbollah"], id="exact-first"),
        pytest.param("HÉZBOLLAH’", ["hezbollah", "kataeb-hezbollah"], id="case-accent-apostrophe"),
        pytest.param("Hez\u200bbollah", ["hezbollah", "kataeb-hezbollah"], id="invisible"),
        pytest.param("kataib hizballah", ["kataeb-hezbollah"], id="alias"),
        pytest.param("of god", ["hezbollah"], id="a-run-of-words-of-an-alias"),
        pytest.param("kataeb hezbollah · iraq", ["kataeb-hezbollah"], id="a-whole-label"),
        pytest.param("Hezbollah · Lebanon", ["hezbollah"], id="label"),
        pytest.param("حِزب الله", ["hezbollah"], id="arabic"),
        pytest.param("iran", ["iran"], id="a-tail-is-no-name"),
        pytest.param("hezb", [], id="not-a-whole-word"),
        pytest.param("god of", [], id="not-a-run"),
        pytest.param("", [], id="nothing"),
        pytest.param("%", [], id="percent"),
        pytest.param("_", [], id="underscore"),
    ],
)
async def test_named(names: Shelf, words, found):
    assert [entity.slug for entity in await names.named(words, sample=True, limit=9)] == found


async def test_named_gives_at_most_the_limit(names: Shelf):
    assert len(await names.named("hezbollah", sample=True, limit=1)) == 1


async def test_a_name_begun_comes_before_a_later_word_begun(names: Shelf):
    found = await names.suggest_entities("hez", sample=True, limit=9)
    assert [suggested.entity.slug for suggested in found][:2] == ["hezbollah", "kataeb-hezbollah"]


@pytest.mark.parametrize(
    ("typed", "first", "matched"),
    [
        pytest.param("katai", "kataeb-hezbollah", "Kata'ib Hizballah", id="alias-begun"),
        pytest.param("kataeb", "kataeb-hezbollah", "Kataeb Hezbollah", id="name-begun"),
        pytest.param("kataeb-hezb", "kataeb-hezbollah", "Kataeb Hezbollah", id="slug"),
        pytest.param("party", "hezbollah", "Party of God", id="alias"),
        pytest.param("alquds", "quds-force", "al-Quds Brigade", id="hyphen-left-out"),
        pytest.param("al quds", "quds-force", "al-Quds Brigade", id="hyphen-as-blank"),
        pytest.param("hezbollah · l", "hezbollah", "Hezbollah · Lebanon", id="label"),
        pytest.param("hizbolah", "hezbollah", None, id="other-spelling"),
        pytest.param("hizballah", "kataeb-hezbollah", None, id="a-later-word-of-an-alias"),
        pytest.param("khataib hezbolla", "kataeb-hezbollah", None, id="other-spelling-of-both"),
        pytest.param("Kata'ib Hizballah", "kataeb-hezbollah", "Kata'ib Hizballah", id="apostrophe"),
        pytest.param("solemani", "qassem-soleimani", None, id="letter-left-out"),
        pytest.param("suleymani", "qassem-soleimani", None, id="transliterated"),
        pytest.param("hexbollah", "hezbollah", None, id="wrong-key"),
        pytest.param("hebzollah", "hezbollah", None, id="changed-about"),
        pytest.param("trunp", "donald-trump", None, id="wrong-key-in-a-later-word"),
        pytest.param("dobald", "donald-trump", None, id="wrong-key-in-the-first-word"),
        pytest.param("irxn", "iran", None, id="short-word"),
        pytest.param("حزب", "hezbollah", "حزب الله", id="arabic"),
        pytest.param("ｉｒａｎ", "iran", "Iran", id="full-width"),
    ],
)
async def test_what_is_suggested_first(names: Shelf, typed, first, matched):
    found = await names.suggest_entities(typed, sample=True, limit=9)
    assert found and found[0].entity.slug == first
    assert matched is None or found[0].matched == matched


async def test_another_spelling_offers_both_look_alikes(names: Shelf):
    found = await names.suggest_entities("hizballah", sample=True, limit=9)
    assert {suggested.entity.slug for suggested in found} == {"hezbollah", "kataeb-hezbollah"}


async def test_an_entity_is_suggested_once_and_at_most_the_limit(names: Shelf):
    found = [suggested.entity.slug for suggested in await names.suggest_entities("h", sample=True, limit=9)]
    assert len(found) == len(set(found))
    assert len(await names.suggest_entities("", sample=True, limit=3)) == 3
    assert await names.suggest_entities("h", sample=True, limit=0) == ()


async def test_only_an_exact_name_scores_a_hundred(names: Shelf):
    exact = await names.suggest_entities("hezbollah", sample=True, limit=9)
    assert [suggested.score == 100 for suggested in exact] == [True] + [False] * (len(exact) - 1)
    for typed in ("hizbolah", "hezbolla", "hezbollahh", "hexbollah"):
        assert all(0 <= suggested.score < 100 for suggested in await names.suggest_entities(typed, sample=True, limit=9))


async def test_scores_fall(names: Shelf):
    for typed in ("h", "hez", "hizballah", "iran"):
        scores = [suggested.score for suggested in await names.suggest_entities(typed, sample=True, limit=9)]
        assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("typed", ["", "  ", "\u200b"])
async def test_nothing_typed_gives_the_first_by_name(names: Shelf, typed):
    found = await names.suggest_entities(typed, sample=True, limit=3)
    assert [suggested.entity.name for suggested in found] == ["Donald Trump", "Hezbollah", "Iran"]


@pytest.mark.parametrize("typed", ["_", "%", "*", "😀", "'", '"', "--", "\ud800", "zzzzzzzzzz", "x" * 5_000, "a b " * 2_000])
async def test_what_is_no_name_suggests_nothing(names: Shelf, typed):
    assert typed == "\ud800" or await names.suggest_entities(typed, sample=True, limit=9) == ()
    assert typed == "\ud800" or await names.suggest_briefs(typed, sample=True, limit=9) == ()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(typed=st.text(max_size=30))
async def test_anything_may_be_typed(names: Shelf, typed):
    await names.suggest_entities(typed, sample=True, limit=5)
    await names.suggest_briefs(typed, sample=True, limit=5)
    await names.named(typed, sample=True, limit=5)
    await names.article(typed)
    if len(typed.split()) < 4:
        await names.find(typed, sample=True, drafts=True, limit=5)


# --- half-typed briefs -----------------------------------------------------------------------------------------------


async def test_briefs_are_suggested_by_slug_and_headline_newest_first(shelf: Shelf):
    await shelf.put_brief(a_brief("iraq-militias", headline="Strikes on the border", approved=NOON))
    await shelf.put_brief(a_brief("ports", headline="Iraqi ports are blocked", approved=NOON + timedelta(hours=1)))
    assert slugs(await shelf.suggest_briefs("iraq", sample=False, limit=9)) == ["ports", "iraq-militias"]
    assert slugs(await shelf.suggest_briefs("militias", sample=False, limit=9)) == ["iraq-militias"]
    assert slugs(await shelf.suggest_briefs("bor", sample=False, limit=9)) == ["iraq-militias"]
    assert slugs(await shelf.suggest_briefs("militais", sample=False, limit=9)) == ["iraq-militias"]
    assert slugs(await shelf.suggest_briefs("", sample=False, limit=9)) == ["ports", "iraq-militias"]
    assert slugs(await shelf.suggest_briefs("iraq", sample=False, limit=1)) == ["ports"]


# --- find ------------------------------------------------------------------------------------------------------------


async def test_briefs_entities_and_sentences_are_found(shelf: Shelf):
    article = an_article("The ferry sank near the pier.", "Nobody was hurt.")
    await shelf.put_article(article)
    await shelf.put_brief(a_brief("ferry", article=article, headline="Ferry sinks", points=["The ferry sank near a pier."]))
    await shelf.put_card(a_card("Ferry Guild", article=article, facts=["It runs a pier."]))
    hits = {hit.kind: hit for hit in await shelf.find("ferry pier", sample=False, drafts=False, limit=9)}
    assert hits[HitKind.BRIEF].ref == "ferry" and hits[HitKind.BRIEF].title == "Ferry sinks"
    assert hits[HitKind.BRIEF].text == "The ferry sank near a pier." and hits[HitKind.BRIEF].sentences == (1,)
    assert hits[HitKind.ENTITY].ref == "ferry-guild" and hits[HitKind.ENTITY].title == "Ferry Guild · Lebanon"
    assert hits[HitKind.SENTENCE].ref == "ferry:1" and hits[HitKind.SENTENCE].title == "ferry:1"
    assert hits[HitKind.SENTENCE].text == "The ferry sank near the pier." and not any(hit.draft or hit.sample for hit in hits.values())


@pytest.fixture
async def lines(shelf: Shelf) -> Shelf:
    article = an_article("Kata'ib fighters were killing time.", "Militias easily attacked.", "NEAR the café, 50,000 rallied.", handle="x")
    await shelf.put_article(article)
    await shelf.put_brief(a_brief("x", article=article, headline="A quiet day"))
    return shelf


@pytest.mark.parametrize(
    ("query", "refs"),
    [
        pytest.param("killing", ["x:1"], id="whole"),
        pytest.param("killin", ["x:1"], id="half-typed-past-the-stem"),
        pytest.param("k", ["x:1"], id="one-letter"),
        pytest.param("easil", ["x:2"], id="half-typed-adverb"),
        pytest.param("eas", ["x:2"], id="half-typed"),
        pytest.param("militia attack", ["x:2"], id="other-forms"),
        pytest.param("attack militia", ["x:2"], id="any-order"),
        pytest.param("milit attacked", [], id="only-the-last-may-be-half-typed"),
        pytest.param("attacked killing", [], id="all-the-words"),
        pytest.param("kataib", ["x:1"], id="apostrophe"),
        pytest.param("CAFE\u0301", ["x:3"], id="accent"),
        pytest.param("50,000", ["x:3"], id="figure"),
        pytest.param("NEAR(", ["x:3"], id="near-is-a-word"),
        pytest.param('"café"', ["x:3"], id="quotes"),
        pytest.param("café*", ["x:3"], id="star"),
        pytest.param("title:café", [], id="no-column"),
        pytest.param("café OR killing", [], id="or-is-a-word"),
        pytest.param("NOT café", [], id="not-is-a-word"),
        pytest.param("'; DROP TABLE brief; --", [], id="sql"),
        pytest.param("", [], id="empty"),
        pytest.param('* - " ( 😀', [], id="signs-only"),
    ],
)
async def test_what_is_found(lines: Shelf, query, refs):
    hits = await lines.find(query, sample=False, drafts=False, limit=9)
    assert [hit.ref for hit in hits if hit.kind is HitKind.SENTENCE] == refs


async def test_too_many_words_are_refused_in_a_sentence(shelf: Shelf):
    await shelf.find(" ".join(["word"] * 12), sample=False, drafts=False, limit=9)
    with pytest.raises(BadInput, match="at most 12 words; this one has 13"):
        await shelf.find(" ".join(["word"] * 13), sample=False, drafts=False, limit=9)


async def test_what_has_all_words_in_its_title_comes_first(shelf: Shelf):
    await shelf.put_brief(a_brief("title", headline="Harbour fire", bottom_line="Nothing else."))
    await shelf.put_brief(a_brief("line", headline="A quiet day", bottom_line="Harbour fire, harbour fire, harbour fire."))
    assert [hit.ref for hit in await shelf.find("harbour fire", sample=False, drafts=False, limit=9)] == ["title", "line"]


async def test_of_equals_the_newest_comes_first(shelf: Shelf):
    for slug in ("old", "new"):
        await shelf.put_brief(a_brief(slug, headline="Harbour fire", bottom_line="Nothing."))
    assert [hit.ref for hit in await shelf.find("harbour fire", sample=False, drafts=False, limit=9)] == ["new", "old"]


async def test_a_step_of_the_timeline_is_found(shelf: Shelf):
    await shelf.put_brief(a_brief("ferry", timeline=(Step("2003", True, a_line("The pier was built.", "0" * 64, 2)),)))
    [hit] = await shelf.find("pier built", sample=False, drafts=False, limit=9)
    assert (hit.ref, hit.text, hit.sentences) == ("ferry", "The pier was built.", (2,))


async def test_a_relation_a_note_and_a_look_alike_are_found(shelf: Shelf):
    apart = NotTheSame("kh", "KH", a_line("They are two."))
    card = a_card("Hezbollah", relations=(Relation("iran", "Iran", a_line("Tehran pays it.")),), not_the_same=(apart,))
    card = replace(card, notes=(a_line("Spelt in many ways."),))
    await shelf.put_card(card)
    assert [line.text for line in card.lines] == ["Hezbollah is known.", "They are two.", "Tehran pays it.", "Spelt in many ways."]
    for query in ("tehran pays", "are two", "many ways", "is known"):
        assert len(await shelf.find(query, sample=False, drafts=False, limit=9)) == 1


async def test_a_brief_is_found_once_and_at_most_the_limit(shelf: Shelf):
    for number in range(5):
        await shelf.put_brief(a_brief(f"b{number}", headline="Harbour fire", points=["A harbour fire.", "Fire in a harbour."]))
    refs = [hit.ref for hit in await shelf.find("harbour fire", sample=False, drafts=False, limit=9)]
    assert sorted(refs) == [f"b{number}" for number in range(5)]
    assert len(await shelf.find("harbour fire", sample=False, drafts=False, limit=2)) == 2
    assert await shelf.find("harbour fire", sample=False, drafts=False, limit=0) == ()


async def test_of_very_many_matches_the_newest_are_ranked(shelf: Shelf):
    article = an_article(*(f"Harbour number {number}." for number in range(1, 401)))
    await shelf.put_article(article)
    await shelf.put_brief(a_brief("ferry", article=article))
    hits = await shelf.find("harbour", sample=False, drafts=False, limit=500)
    assert {hit.sentences[0] for hit in hits} == set(range(101, 401))


async def test_an_article_without_an_approved_brief_is_found_as_a_draft_only(shelf: Shelf):
    article = an_article("The pier burnt.")
    await shelf.put_article(article)
    assert await shelf.article("ferry") is not None
    assert await shelf.find("pier", sample=True, drafts=False, limit=9) == ()
    assert [hit.draft for hit in await shelf.find("pier", sample=True, drafts=True, limit=9)] == [True]
    await shelf.put_brief(a_brief("ferry", article=article))
    assert [hit.draft for hit in await shelf.find("pier", sample=True, drafts=False, limit=9)] == [False]
    await shelf.put_brief(a_brief("ferry", article=article, state=State.WITHDRAWN))
    assert await shelf.find("pier", sample=True, drafts=False, limit=9) == ()
    assert [hit.draft for hit in await shelf.find("pier", sample=True, drafts=True, limit=9)] == [True]


async def test_a_draft_is_found_by_curators_only(shelf: Shelf):
    await shelf.put_brief(a_brief("ferry", headline="Harbour fire", state=State.DRAFT))
    assert await shelf.find("harbour", sample=True, drafts=False, limit=9) == ()
    assert [hit.draft for hit in await shelf.find("harbour", sample=True, drafts=True, limit=9)] == [True]


async def test_a_brief_put_on_another_article_frees_the_first(shelf: Shelf):
    first, second = an_article("The pier burnt."), an_article("The quay froze.", handle="quay")
    for article in (first, second):
        await shelf.put_article(article)
    await shelf.put_brief(a_brief("b", article=first))
    await shelf.put_brief(a_brief("b", article=second))
    assert await shelf.find("pier", sample=True, drafts=False, limit=9) == ()
    assert len(await shelf.find("quay", sample=True, drafts=False, limit=9)) == 1


async def test_an_entity_is_found_by_an_alias(shelf: Shelf):
    await shelf.put_card(a_card("Hezbollah", "Party of God"))
    assert [hit.ref for hit in await shelf.find("party of god", sample=False, drafts=False, limit=9)] == ["hezbollah"]


async def test_the_originals_sentences_are_found_while_it_is_attached(shelf: Shelf):
    await shelf.load_library(the_sample(), NOON)
    assert [h.ref for h in await shelf.find("boat went", sample=True, drafts=False, limit=9)] == ["ferry:1"]
    await shelf.put_article(an_article(*TEXT.split("\n")))
    assert not [h for h in await shelf.find("boat went", sample=True, drafts=False, limit=9) if h.kind is HitKind.SENTENCE]
    assert [h.text for h in await shelf.find("ferry sank", sample=True, drafts=False, limit=9)] == ["The ferry sank."]


# --- libraries -------------------------------------------------------------------------------------------------------


async def test_the_edition_loaded_last_is_remembered(shelf: Shelf):
    assert await shelf.library_edition("sample") == ""
    for edition in ("1", "2"):
        await shelf.load_library(the_sample(edition), NOON)
        assert await shelf.library_edition("sample") == edition
    assert await shelf.library_edition("other") == ""


async def test_what_came_since_comes_latest_first_whenever_it_was_approved(shelf: Shelf):
    for hour, slug in enumerate(("first", "second", "third")):
        await shelf.put_article(an_article(handle=slug))
        await shelf.put_brief(a_brief(slug, approved=NOON + timedelta(hours=hour), topics=["sea"] if slug == "third" else []))
    old = a_brief("old", article=(article := an_article(handle="old")), approved=NOON - timedelta(days=9))
    await shelf.load_library(a_library(articles=[article], briefs=[old]), NOON + timedelta(hours=5))
    came = await shelf.briefs(sample=True, limit=9, since=NOON)
    assert [b.slug for b in came] == ["old", "third", "second"]
    assert [b.slug for b in await shelf.briefs(sample=True, limit=1, since=NOON)] == ["old"]
    assert [b.slug for b in await shelf.briefs(sample=True, limit=9, topics=["sea"], since=NOON)] == ["third"]


async def test_a_brief_that_is_loaded_or_put_again_has_not_come_again(shelf: Shelf):
    article = an_article(handle="old")
    for day, edition in enumerate(("1", "2")):
        await shelf.load_library(
            a_library(edition, articles=[article], briefs=[a_brief("old", article=article)]), NOON + timedelta(days=day)
        )
    assert await shelf.briefs(sample=True, limit=9, since=NOON) == ()
    await shelf.put_brief(a_brief("old", article=article, approved=NOON + timedelta(days=3)))
    assert await shelf.briefs(sample=True, limit=9, since=NOON) == ()


async def test_briefs_of_one_moment_all_come(shelf: Shelf):
    for slug in ("a", "b", "c"):
        await shelf.put_brief(a_brief(slug))
    assert {b.slug for b in await shelf.briefs(sample=True, limit=9)} == {"a", "b", "c"}


async def test_loading_twice_is_loading_once(shelf: Shelf):
    for edition in ("1", "2"):
        await shelf.load_library(the_sample(edition), NOON)
    assert len(await shelf.find("boat", sample=True, drafts=True, limit=99)) == 2  # the brief and the sentence
    assert len(await shelf.suggest_entities("", sample=True, limit=99)) == 1


async def test_a_new_edition_replaces_what_the_old_one_brought(shelf: Shelf):
    await shelf.load_library(the_sample(), NOON)
    retelling = an_article("A vessel went down.", of=TEXT, wording=Wording.RETELLING, handle="vessel", sample=True)
    await shelf.load_library(a_library("2", articles=[retelling], briefs=[a_brief("vessel", article=retelling, sample=True)]), NOON)
    assert await shelf.brief("ferry") is None and await shelf.card("harbour-guild") is None
    assert await shelf.article("ferry") is None
    found = await shelf.article("vessel")
    assert found and found.sentences[0].text == "A vessel went down."
    assert await shelf.find("boat", sample=True, drafts=True, limit=9) == ()
    assert await shelf.find("harbour", sample=True, drafts=True, limit=9) == ()
    assert await shelf.suggest_entities("harbour", sample=True, limit=9) == ()


async def test_what_a_curator_has_put_no_library_overwrites(shelf: Shelf):
    await shelf.load_library(the_sample(), NOON)
    await shelf.put_brief(a_brief("ferry", headline="The curator's"))
    await shelf.put_card(a_card("Harbour Guild", facts=["The curator's."]))
    await shelf.load_library(the_sample("2"), NOON)
    brief, card = await shelf.brief("ferry"), await shelf.card("harbour-guild")
    assert brief and brief.headline.text == "The curator's"
    assert card and card.facts[0].line.text == "The curator's."
    await shelf.load_library(a_library("3"), NOON)
    assert await shelf.brief("ferry") and await shelf.card("harbour-guild")
    assert await shelf.find("curator", sample=True, drafts=False, limit=9)


async def test_what_a_curator_put_first_no_library_overwrites(shelf: Shelf):
    await shelf.put_brief(a_brief("ferry", headline="The curator's"))
    await shelf.put_card(a_card("Harbour Guild", facts=["The curator's."]))
    await shelf.load_library(the_sample(), NOON)
    brief, card = await shelf.brief("ferry"), await shelf.card("harbour-guild")
    assert brief and brief.headline.text == "The curator's" and card and card.facts[0].line.text == "The curator's."


async def test_an_attached_original_stays_attached(shelf: Shelf):
    await shelf.load_library(the_sample(), NOON)
    await shelf.put_article(an_article(*TEXT.split("\n")))
    await shelf.load_library(the_sample("2"), NOON)
    found = await shelf.article("ferry")
    assert found and found.wording is Wording.ORIGINAL and found.sample
    await shelf.load_library(a_library("3"), NOON)
    found = await shelf.article("ferry")
    assert found and found.wording is Wording.ORIGINAL and not found.sample
    assert await shelf.article("ferry", wording=Wording.RETELLING) is None


async def test_an_article_stays_while_what_a_curator_put_rests_on_it(shelf: Shelf):
    first, second = (an_article(line, of=line, handle=line, wording=Wording.RETELLING, sample=True) for line in ("one", "two"))
    await shelf.load_library(a_library(articles=[first, second]), NOON)
    await shelf.put_brief(a_brief("own", article=first))
    await shelf.put_card(a_card("Own", article=second))
    await shelf.load_library(a_library("2"), NOON)
    assert await shelf.article("one") and await shelf.article("two")


def another_library(edition="1", **changes):
    """One whose article has the same handle, and whose brief and card have the same slugs, as the sample's."""
    article = an_article("A tug burnt.", handle="ferry")
    parts = {
        "articles": [article],
        "briefs": [a_brief("ferry", article=article, headline="Tug burns", topics=["fire"])],
        "cards": [a_card("Harbour Guild", "The Dockers", article=article, facts=["It owns tugs."])],
    }
    return a_library(edition, name="own", **{**parts, **changes})


async def refs(shelf: Shelf, query: str):
    return {(hit.kind, hit.ref) for hit in await shelf.find(query, sample=True, drafts=True, limit=99)}


@pytest.mark.parametrize("times", [1, 2])
async def test_of_two_libraries_the_one_loaded_last_wins(shelf: Shelf, times):
    for edition in range(times):
        await shelf.load_library(the_sample(str(edition)), NOON)
        await shelf.load_library(another_library(str(edition)), NOON + timedelta(hours=1))
    brief, card = await shelf.brief("ferry"), await shelf.card("harbour-guild")
    assert brief and brief.headline.text == "Tug burns" and not brief.sample
    assert card and card.facts[0].line.text == "It owns tugs." and not card.sample
    assert await refs(shelf, "tug burns") == {(HitKind.BRIEF, "ferry")}
    assert await refs(shelf, "tug burnt") == {(HitKind.SENTENCE, "ferry:1")}
    assert await refs(shelf, "boat goes") == set() == await refs(shelf, "guild known")
    assert [s.entity.slug for s in await shelf.suggest_entities("dockers", sample=False, limit=9)] == ["harbour-guild"]
    assert slugs(await shelf.suggest_briefs("boat", sample=True, limit=9)) == []
    assert slugs(await shelf.briefs(sample=False, limit=9, topics=["fire"])) == ["ferry"]
    mine, theirs = await shelf.article("ferry"), await shelf.article("ferry-2")
    assert mine and mine.text == "A tug burnt." and theirs and theirs.sentences[0].text == "A boat went down."
    assert await refs(shelf, "boat went") == {(HitKind.SENTENCE, "ferry-2:1")}
    assert await shelf.article("ferry-3") is None
    assert slugs(await shelf.briefs(sample=True, limit=9, since=NOON)) == []  # of that slug, one had come already


async def test_what_gave_way_comes_back_when_both_are_loaded_again(shelf: Shelf):
    await shelf.load_library(the_sample(), NOON)
    await shelf.load_library(another_library(), NOON)
    await shelf.load_library(the_sample("2"), NOON)
    await shelf.load_library(another_library("2", articles=[], briefs=[], cards=[]), NOON)
    brief, card, article = await shelf.brief("ferry"), await shelf.card("harbour-guild"), await shelf.article("ferry")
    assert brief and brief.sample and card and card.sample and article and article.sample
    assert await refs(shelf, "tug") == set()
    assert await refs(shelf, "boat went") == {(HitKind.SENTENCE, "ferry:1")}


async def test_of_two_wordings_of_one_text_the_one_loaded_last_wins(shelf: Shelf):
    first = an_article("A boat went down.", handle="boat", of=TEXT, wording=Wording.RETELLING, title="One", sample=True)
    second = an_article("A vessel was lost.", handle="vessel", of=TEXT, wording=Wording.RETELLING, title="Two")
    brief = a_brief("b", article=first)
    await shelf.load_library(a_library(articles=[first], briefs=[brief]), NOON)
    await shelf.load_library(a_library(articles=[second], name="own"), NOON)
    found = await shelf.article(first.id)
    assert found == second and await shelf.article("vessel") == second and await shelf.article("boat") is None
    assert await refs(shelf, "boat went") == set()
    assert await refs(shelf, "vessel lost") == {(HitKind.SENTENCE, "vessel:1")}


@pytest.mark.parametrize("first", [True, False])
async def test_a_curators_article_gives_way_to_no_library(shelf: Shelf, first):
    curators = an_article("A crane fell.", handle="ferry", title="Kept")
    if first:
        await shelf.put_article(curators)
    for library in (
        the_sample(),
        another_library(articles=[an_article("A crane fell.", handle="crane", title="Lost"), an_article("A tug burnt.")]),
    ):
        await shelf.load_library(library, NOON)
    if not first:
        await shelf.put_article(curators)
        for library in (the_sample("2"), another_library("2")):
            await shelf.load_library(library, NOON)
    found = await shelf.article(curators.id)
    assert found and found.title == ("Kept" if first else "Lost")
    assert found.handle == ("ferry" if first else "crane")


async def test_handles_that_are_a_curators_get_the_same_number_at_every_loading(shelf: Shelf):
    await shelf.put_article(an_article("A crane fell.", handle="ferry"))
    for edition in "123":
        await shelf.load_library(the_sample(edition), NOON)
        await shelf.load_library(another_library(edition), NOON)
        handles = {ref for ref in ("ferry", "ferry-2", "ferry-3", "ferry-4", "ferry-5") if await shelf.article(ref)}
        assert handles == {"ferry", "ferry-2", "ferry-3"}


async def test_libraries_do_not_touch_each_other(shelf: Shelf):
    await shelf.load_library(the_sample(), NOON)
    await shelf.load_library(a_library("1", name="other", cards=[a_card("Iran")]), NOON)
    await shelf.load_library(a_library("2", name="other"), NOON)
    assert await shelf.brief("ferry") and await shelf.card("harbour-guild") and await shelf.card("iran") is None


async def test_a_library_is_loaded_whole_or_not_at_all(shelf: Shelf):
    await shelf.load_library(the_sample(), NOON)
    twice = [a_card("Iran"), a_card("Iran")]  # two cards of one slug: the library's own fault
    with pytest.raises(Exception, match="UNIQUE"):
        await shelf.load_library(the_sample("2", cards=twice), NOON)
    assert await shelf.library_edition("sample") == "1"
    assert await shelf.card("harbour-guild") and await shelf.find("boat", sample=True, drafts=False, limit=9)


def test_noon_is_utc():
    assert NOON.tzinfo is UTC
