"""Small builders of the core's values: every argument has a default, so that a test names only what it is about."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from briefs.article import Approval, Article, Citation, CitedLine, Level, Sentence, Wording, article_id
from briefs.brief import Brief, KeyPoint, Section, Size, State, Step
from briefs.digest import DAILY, LATE_MAX, Delivery, Empty, Place, Slot, Subscription, digest_key, next_slot
from briefs.entity import Alias, Entity, EntityCard, Fact, Kind, NotTheSame, Relation
from briefs.message import Message, Prose, words

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TODAY = NOON.date()


def an_article(
    *lines: str,
    handle: str = "ferry",
    of: str = "",
    wording: Wording = Wording.ORIGINAL,
    title: str = "",
    outlet: str = "",
    byline: str = "",
    published: date | datetime | None = None,
    licence: str = "",
    sample: bool = False,
) -> Article:
    """An article with one sentence a paragraph.

    Args:
        of: for a retelling, the text it retells (it bears that text's id); otherwise the id follows from the lines.
    """
    lines = lines or (f"The {handle} sank in the harbour.", f"Nobody on the {handle} was hurt.")
    text = "\n".join(lines)
    sentences: list[Sentence] = []
    start = 0
    for number, line in enumerate(lines, 1):
        offsets = (0, 0) if wording is Wording.RETELLING else (start, start + len(line))
        sentences.append(Sentence(number, number, line, *offsets))
        start += len(line) + 1
    return Article(
        id=article_id(of or text),
        handle=handle,
        sentences=tuple(sentences),
        wording=wording,
        title=title,
        outlet=outlet,
        byline=byline,
        published=published,
        licence=licence,
        text="" if wording is Wording.RETELLING else text,
        sample=sample,
    )


def a_line(text: str = "The ferry sank.", article: str | Article = "0" * 64, *sentences: int, level: Level = Level.REWORDED) -> CitedLine:
    """A line that rests on sentence 1 of the article, or on those named."""
    article = article.id if isinstance(article, Article) else article
    return CitedLine(text, tuple(Citation(article, number) for number in sentences or (1,)), level)


def a_brief(
    slug: str = "ferry",
    *,
    article: str | Article | None = None,
    headline: str = "",
    bottom_line: str = "",
    points: Iterable[str] = (),
    entities: Sequence[str] = (),
    topics: Sequence[str] = (),
    state: State = State.APPROVED,
    approved: datetime = NOON,
    published: date | datetime | None = None,
    sample: bool = False,
    timeline: tuple[Step, ...] = (),
) -> Brief:
    """An approved brief; `headline`, `bottom_line` and `points` are plain texts, each resting on sentence 1."""
    where = article if article is not None else an_article(handle=slug)
    return Brief(
        slug=slug,
        article=where.id if isinstance(where, Article) else where,
        headline=a_line(headline or f"Headline of {slug}", where),
        bottom_line=a_line(bottom_line or f"Bottom line of {slug}.", where),
        points=tuple(KeyPoint(Section.WHAT_HAPPENED, a_line(point, where)) for point in points),
        timeline=timeline,
        entities=tuple(entities),
        topics=tuple(topics),
        published=published,
        state=state,
        approval=None if state is State.DRAFT else Approval("console:anna", approved),
        sample=sample,
    )


def an_entity(name: str = "Hezbollah", *aliases: str, slug: str = "", kind: Kind = Kind.ORGANISATION, tail: str = "Lebanon") -> Entity:
    """An entity whose slug follows from its name unless given."""
    return Entity(slug or name.lower().replace(" ", "-"), name, kind, tail, tuple(Alias(alias, "the curator") for alias in aliases))


def a_card(
    name: str = "Hezbollah",
    *aliases: str,
    slug: str = "",
    kind: Kind = Kind.ORGANISATION,
    tail: str = "Lebanon",
    facts: Sequence[str] = (),
    article: str | Article = "0" * 64,
    relations: tuple[Relation, ...] = (),
    not_the_same: tuple[NotTheSame, ...] = (),
    sample: bool = False,
) -> EntityCard:
    """A card with one fact unless others are given, each resting on sentence 1 of the article."""
    entity = an_entity(name, *aliases, slug=slug, kind=kind, tail=tail)
    told = facts or (f"{name} is known.",)
    return EntityCard(entity, tuple(Fact(a_line(fact, article)) for fact in told), relations, not_the_same, sample=sample)


def a_place(space: str = "console", channel: str = "desk") -> Place:
    """A channel."""
    return Place(space, channel)


def a_subscription(
    place: Place | None = None,
    name: str = DAILY,
    *,
    at: time = time(7, 30),
    zone: str = "Europe/Berlin",
    days: Iterable[int] = range(7),
    topics: Sequence[str] = (),
    entities: Sequence[str] = (),
    by: str = "console:anna",
    size: Size = Size.SHORT,
    empty: Empty = Empty.SKIP,
    paused: str = "",
) -> Subscription:
    """A daily edition at 07:30 in Berlin."""
    where = place or a_place()
    return Subscription(
        space=where.space,
        channel=where.channel,
        name=name,
        at=at,
        zone=ZoneInfo(zone),
        days=frozenset(days),
        topics=tuple(topics),
        entities=tuple(entities),
        by=by,
        size=size,
        empty=empty,
        paused=paused,
    )


def a_slot(utc: datetime = NOON, meant_for: date | None = None) -> Slot:
    """A slot, meant for its own UTC date unless told."""
    return Slot(utc, meant_for or utc.date())


def a_message(text: str = "Good morning.") -> Message:
    """A message of one paragraph, for everybody."""
    return Message(text, (Prose(words(text)),), only_asker=False)


def a_delivery(
    place: Place | None = None,
    name: str = DAILY,
    *,
    meant_for: date = TODAY,
    due: datetime = NOON,
    until: datetime | None = None,
    part: int = 1,
    briefs: Sequence[str] = (),
    message: Message | None = None,
    key: str = "",
) -> Delivery:
    """One part of today's edition, due at noon."""
    where = place or a_place()
    return Delivery(
        key=key or digest_key(where, name, meant_for, part),
        place=where,
        name=name,
        meant_for=meant_for,
        due=due,
        until=until or due + LATE_MAX,
        message=message or a_message(),
        briefs=tuple(briefs),
        part=part,
    )


def next_slots(subscription: Subscription, after: datetime, count: int) -> tuple[Slot, ...]:
    """The next `count` slots later than `after`, in order."""
    slots: list[Slot] = []
    for _ in range(count):
        slots.append(next_slot(subscription, slots[-1].utc if slots else after))
    return tuple(slots)
