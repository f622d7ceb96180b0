"""Cards on the curators' desk: those of a draft in a list, and one with what can be changed."""

from collections.abc import Mapping, Sequence

from briefs.article import Article
from briefs.entity import EntityCard
from briefs.message import (
    Block,
    Button,
    Buttons,
    Choice,
    Choices,
    Field,
    Fields,
    Heading,
    Line,
    Message,
    Prose,
    Section,
    SmallPrint,
    Typed,
    Words,
    words,
)
from briefs.pages.presses import asking, press
from briefs.pages.wording import SEPARATOR, line, plural

CARDS_MAX = 20  # listed at once, which fits a menu and a message of every platform
FACTS_WITH_PRESS = 4  # facts that can be dropped by a press; any can be by its number


def draft_cards_page(slug: str, cards: Sequence[EntityCard]) -> Message:
    """The cards that come with a draft, each a press away."""
    if not cards:
        text = "No card comes with this draft: the article says too little of anybody."
        return Message(text, (Prose(words(text)), Buttons((press("The draft", "curate open", slug),))))
    choices = tuple(
        Choice(card.entity.name, card.entity.tail, press("", "curate card", slug, name=card.entity.label).command, _told(card))
        for card in cards[:CARDS_MAX]
    )
    title = f"{plural(len(cards), 'card')} that {'comes' if len(cards) == 1 else 'come'} with “{slug}”"
    more = len(cards) - len(choices)
    others = (Words(f"{more} more, each shown by its name: "), Typed(f'/curate card {slug} name:"{cards[-1].entity.name}"'))
    behind = (SmallPrint(others),) if more else ()
    return Message(
        f"{title}.", (Heading(title), Choices("Which one?", choices), *behind, Buttons((press("The draft", "curate open", slug),)))
    )


def _told(card: EntityCard) -> Line:
    aliases = f"also {', '.join(alias.text for alias in card.entity.aliases)}{SEPARATOR}" if card.entity.aliases else ""
    return Line(words(f"{card.entity.kind.value}{SEPARATOR}{aliases}{plural(len(card.facts), 'fact')}"))


def draft_card_page(slug: str, card: EntityCard, articles: Mapping[str, Article], *, decided: int = 0) -> Message:
    """A card as a curator sees it: names with where they come from, numbered facts, and what can be changed.

    Args:
        slug: the draft's it comes with; empty: it is on the shelf.
        decided: the number of the decision that changed it just now; 0: none did.
    """
    entity = card.entity
    handles = {article.id: article.handle for article in articles.values()} if len(articles) > 1 else None
    names = [Field("Kind", words(entity.kind.value)), Field("Told by", words(entity.tail))]
    names += [Field("Also", words(f"{alias.text} ({alias.origin})")) for alias in entity.aliases]
    blocks: list[Block] = [Heading(entity.label), Fields(tuple(names))]
    told = [line(fact.line, handles) for fact in card.facts]
    blocks.append(Section("Facts", tuple(Line((Words(f"{at}. "), *one.spans), one.cites) for at, one in enumerate(told, start=1))))
    if card.not_the_same:
        blocks.append(Section("Not the same", tuple(line(one.line, handles) for one in card.not_the_same)))
    if card.relations:
        blocks.append(Section("How it stands to others", tuple(line(one.line, handles) for one in card.relations)))
    example = f'/curate card {slug} name:"{entity.label}" alias:"…"'
    blocks.append(
        SmallPrint((Words("Change it with "), Typed(example), Words(" or kind:, tail:, rename:, unalias:, fact: and cites:, drop:")))
    )
    blocks.append(Buttons(_row(slug, card, decided)))
    done = "Saved. " if decided else ""
    return Message(f"{done}{entity.label}: {plural(len(card.facts), 'fact')}.", tuple(blocks))


def _row(slug: str, card: EntityCard, decided: int) -> tuple[Button, ...]:
    name = card.entity.label
    row = [press("Undo", "curate undo", str(decided))] if decided else []
    if len(card.facts) > 1:
        row += [press(f"Drop {at}", "curate card", slug, name=name, drop=at) for at in range(1, min(len(card.facts), FACTS_WITH_PRESS) + 1)]
    row.append(asking(press("Change", "curate card", slug, name=name), "tail"))
    row.append(press("No card", "curate card", slug, name=name, remove="yes"))
    return (*row, *((press("The draft", "curate open", slug),) if slug else ()))
