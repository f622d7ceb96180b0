"""The same news from another outlet."""

from briefs.drafting.duplicates import are_alike, is_covered, is_near, near_duplicates
from tests.briefs.drafting.stories import FIRE, HARBOUR, article
from tests.builders import an_article


def test_a_shortened_copy_is_a_near_duplicate():
    short = "\n\n".join(HARBOUR.split("\n\n")[:4])
    assert is_near(article(HARBOUR), article(short))
    assert is_near(article(short), article(HARBOUR))


def test_a_copy_with_another_end_is_a_near_duplicate():
    assert is_near(article(HARBOUR), article(HARBOUR + "\nReporting by the desk in Teslin; editing by two others of the paper.\n"))


def test_other_news_is_none():
    assert not is_near(article(HARBOUR), article(FIRE))


def test_an_article_is_no_duplicate_of_itself():
    assert not is_near(article(HARBOUR), article(HARBOUR, handle="other"))


def test_short_notes_are_never_called_duplicates():
    assert not is_near(
        an_article("Rain fell in the town of Teslin on Monday."), an_article("Rain fell in the town of Teslin on Monday, too.")
    )


def test_each_duplicate_is_named_once_and_in_order():
    copies = [article("\n\n".join(HARBOUR.split("\n\n")[:count]), handle=f"c{count}") for count in (4, 5)]
    found = near_duplicates(article(HARBOUR), [article(FIRE), *copies, *copies])
    assert [other.handle for other in found] == ["c4", "c5"]


def test_lines_are_alike_by_their_words_of_weight():
    assert are_alike("The ferry sank in the bay.", "In the bay, a ferry sank.")
    assert not are_alike("The ferry sank.", "The mayor spoke.")


def test_lines_that_share_names_alone_do_not_say_the_same():
    arrest = "Joren Halvik of the Veldmar Dockers was arrested in Teslin."
    charge = "Joren Halvik of the Veldmar Dockers was charged in Teslin with the theft of two boats."
    assert not is_covered(charge, arrest)
    assert is_covered("Joren Halvik was arrested.", arrest)
    assert not are_alike("", "The mayor spoke.")


def test_the_real_articles_are_no_duplicates_of_each_other(shared):
    texts = [file.read_text(encoding="utf-8").partition("\n---\n")[2] for file in sorted((shared / "articles" / "wikinews").glob("*.txt"))]
    read = [an_article(*[line for line in text.split("\n") if line.strip()], handle=f"a{at}") for at, text in enumerate(texts)]
    assert len(read) > 10
    assert [(a.handle, b.handle) for at, a in enumerate(read) for b in read[at + 1 :] if is_near(a, b)] == []
