"""From an annotated article to everything a curator has to look at: a draft brief, cards, questions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from briefs.article import Article, CitedLine
from briefs.brief import Brief, State
from briefs.drafting.cards import cards_of, importance, slugs_of
from briefs.drafting.duplicates import near_duplicates
from briefs.drafting.grounding import Verdict
from briefs.drafting.headline import heads
from briefs.drafting.oddities import oddities_of
from briefs.drafting.points import points_of
from briefs.drafting.select import SENTENCES_MAX
from briefs.drafting.story import LINE_WORDS_MAX, Story, story_of
from briefs.drafting.timeline import timeline_of
from briefs.entity import Entity, EntityCard, Mention
from briefs.reading.names import Lexicon, mentions
from briefs.review import Merge


@dataclass(frozen=True, slots=True)
class Draft:
    """What was made of an article; nothing of it is shown to readers before a curator approves it.

    Args:
        brief: in state DRAFT, without topics, which a curator puts.
        cards: the most important first.
        suggestions: merges no rule may decide.
        oddities: questions on the article's own words; the brief has them too.
        verdicts: of each line of the brief but the oddities, in the order of `brief.lines`.
        duplicate_of: handles of articles that tell the same in the same words.
    """

    brief: Brief
    cards: tuple[EntityCard, ...]
    suggestions: tuple[Merge, ...]
    oddities: tuple[CitedLine, ...]
    verdicts: tuple[Verdict, ...]
    duplicate_of: tuple[str, ...] = ()


def draft(
    article: Article,
    *,
    known: Iterable[Entity] = (),
    names: Sequence[Mention] | None = None,
    others: Iterable[Article] = (),
    longest: int = LINE_WORDS_MAX,
) -> Draft:
    """Draft a brief and cards.

    Args:
        known: the entities on the shelf: their names are found first, and their cards are not made anew.
        names: the names in the article, where they were sought already with the same entities.
        others: articles that may be near-duplicates.
        longest: words in a row a line may take from the article; no line that is verbatim or cut is longer.

    Raises:
        BrokenArticle: nothing can be drafted; the sentence says why.
    """
    entities = {entity.slug: entity for entity in known}
    if names is None:
        texts = [sentence.text for sentence in article.sentences[:SENTENCES_MAX]]
        names = mentions(texts, Lexicon.of(entities.values()))
    story = story_of(article, names, min(longest, LINE_WORDS_MAX))
    head, bottom = heads(story)
    points = points_of(story, bottom, head)
    slugs = slugs_of(story, entities)
    oddities = oddities_of(story)
    brief = Brief(
        slug=article.handle,
        article=article.id,
        headline=head.line,
        bottom_line=bottom.line,
        points=tuple(point for point, _ in points),
        timeline=timeline_of(story, slugs, bottom.number),
        oddities=oddities,
        entities=tuple(slugs[at] for at in importance(story) if at in slugs),
        outlet=article.outlet,
        published=article.published,
        state=State.DRAFT,
        sample=article.sample,
    )
    verdicts = (head.verdict, bottom.verdict, *(drafted.verdict for _, drafted in points))
    duplicates = tuple(other.handle for other in near_duplicates(article, others))
    return Draft(brief, cards_of(story, slugs, entities), _merges(story), oddities, verdicts, duplicates)


def _merges(story: Story) -> tuple[Merge, ...]:
    groups = story.gathered.groups
    return tuple(Merge(groups[one.one].name, groups[one.other].name, one.reason) for one in story.gathered.suggestions)
