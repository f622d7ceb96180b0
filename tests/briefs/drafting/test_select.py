"""Which sentences carry an article."""

import json

from hypothesis import given
from hypothesis import strategies as st

from briefs.drafting.select import SENTENCES_MAX, select

NEWS = [
    "The council of Teslin closed the bridge after engineers found cracks in two pillars.",
    "Rain fell.",
    "Engineers will test the pillars of the bridge, and the council will decide on the cracks in May.",
    "A choir sang.",
]


def test_what_the_article_keeps_coming_back_to_comes_before_what_it_says_once():
    assert select([NEWS[1], NEWS[0], NEWS[3], NEWS[2]], 1) == (1,)


def test_what_has_been_said_already_counts_for_nothing():
    choir = "The choir of Velde sang in the old hall, and the hall was full."
    again = "The hall of Velde was too small for the choir."
    assert select([NEWS[0], NEWS[0], choir, again], 2) == (0, 2)


@given(st.lists(st.text(max_size=60), max_size=12), st.integers(0, 15))
def test_as_many_different_places_as_asked_for_where_there_are_so_many(sentences, count):
    chosen = select(sentences, count)
    assert len(chosen) == len(set(chosen)) == min(count, len(sentences))
    assert all(0 <= at < len(sentences) for at in chosen)
    assert chosen == select(sentences, len(sentences))[:count]


def test_what_comes_very_late_is_not_looked_at():
    assert max(select(["A dog barked."] * (SENTENCES_MAX + 50), SENTENCES_MAX + 50)) < SENTENCES_MAX


def test_it_finds_more_of_what_summaries_name_than_the_first_three_sentences(shared):
    file = shared / "eval" / "data" / "gum_news.jsonl"
    reports = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    found, lead = [], []
    for report in reports:
        texts = [report["text"][start:end] for start, end in report["sents"]]
        body = [at for at, text in enumerate(texts) if at and len(text.split()) > 4]
        want = {int(cluster) for cluster, count in report["salient"].items() if count >= 3}
        for chosen, scores in ((select([texts[at] for at in body], 3), found), (range(3), lead)):
            spans = [report["sents"][body[at]] for at in chosen if at < len(body)]
            got = {m["cluster"] for m in report["mentions"] if any(start <= m["s"] < end for start, end in spans)}
            scores.append(len(want & got) / len(want) if want else 1.0)
    for half in (slice(0, None, 2), slice(1, None, 2), slice(None)):
        assert sum(found[half]) > sum(lead[half])
    assert 100 * sum(found) / len(found) >= 82
