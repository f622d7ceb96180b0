"""Entity cards: one, two side by side, a choice between several, everyone a brief names."""

from collections.abc import Mapping, Sequence

from briefs.article import CitedLine
from briefs.brief import Brief
from briefs.entity import Entity, EntityCard
from briefs.message import (
    Block,
    Button,
    Buttons,
    Choice,
    Choices,
    ComparedRow,
    Comparison,
    Field,
    Fields,
    Heading,
    Label,
    Line,
    Message,
    Notice,
    Outcome,
    Prose,
    Section,
    SmallPrint,
    Words,
    words,
)
from briefs.pages.presses import press, turn
from briefs.pages.wording import SEPARATOR, approved, both_forms, line, plural

ENTITY_CHOICE = "A look-alike is never guessed."


def card_page(card: EntityCard, handles: Mapping[str, str], briefs: Sequence[Brief], others: Mapping[str, Entity]) -> Message:
    """An entity card: who or what it is, its other names, cited facts, relations, and what it is not.

    Args:
        handles: article id → handle, of every article the card cites.
        briefs: the approved briefs that name the entity, newest first.
        others: slug → entity, of those it is not the same as.
    """
    cites = _handles(card.lines, handles)
    blocks: list[Block] = [Heading(card.entity.label), Fields(_fields(card))]
    blocks += _sections(
        ("What the article says" if cites is None else "What the articles say", [f.line for f in card.facts]),
        ("Not the same", [n.line for n in card.not_the_same]),
        ("How it stands to others", [r.line for r in card.relations]),
        ("Notes", card.notes),
        cites=cites,
    )
    blocks += [SmallPrint((Words(_small_print(card, handles)), *approved(card.approval))), Buttons(_card_buttons(card, briefs, others))]
    first = both_forms(card.facts[0].line)
    return Message(f"{card.entity.label}: {first} {plural(len(card.facts), 'cited fact')}.", tuple(blocks))


def compare_page(left: EntityCard, right: EntityCard, handles: Mapping[str, str]) -> Message:
    """Two cards side by side; that they are not the same is said first, with its sentence, where a card says so."""
    cites = _handles([*left.lines, *right.lines], handles)
    apart = [n.line for n in left.not_the_same if n.other == right.entity.slug]
    apart = apart or [n.line for n in right.not_the_same if n.other == left.entity.slug]
    title = f"{left.entity.label}  and  {right.entity.label}"
    blocks: list[Block] = [Heading(title)]
    if apart:
        told = line(apart[0], cites)
        blocks.append(Section("Not the same", (told,)))
    else:
        blocks.append(Notice((Label("Two entries:"), Words(" no sentence here says how these two stand to each other."))))
    blocks.append(Comparison(left.entity.label, right.entity.label, _rows(left, right, cites)))
    blocks.append(SmallPrint(words(_small_print(left, handles))))
    row = [press(f"Card: {c.entity.label}", "entity", c.entity.label) for c in (left, right)]
    verdict = both_forms(apart[0]) if apart else f"{left.entity.label} beside {right.entity.label}."
    return Message(verdict, (*blocks, Buttons(tuple(row))))


def entity_choice_page(
    asked: str, entities: Sequence[Entity], *, exact: bool, verb: str = "entity", compare: str = "", first: str = ""
) -> Message:
    """Several entities bear the name asked for, or none does and these are near.

    Args:
        verb: the command the pick is for.
        compare: what the pick is to be compared with; empty where nothing is.
        first: the pick is what this one is to be compared with; empty where it is not.
    """
    if exact:
        title = f"Several names have “{asked}” in them. Which one?"
    else:
        title = f"No entity called “{asked}”. Did you mean {'this one' if len(entities) == 1 else 'one of these'}?"
    choices = tuple(Choice(e.name, e.tail, _pick(e, verb, compare, first).command, _kind_line(e)) for e in entities)
    note = Prose(words(ENTITY_CHOICE))
    names = ", ".join(e.label for e in entities)
    return Message(f"{title} {names}", (Choices(title, choices), note), outcome=Outcome.CHOICE)


def who_page(brief: Brief, entities: Sequence[Entity]) -> Message:
    """Everyone a brief names, each a press away from its card."""
    title = f"Named in “{brief.headline.text}”"
    choices = tuple(Choice(e.name, e.tail, press("", "entity", e.label).command, _kind_line(e)) for e in entities)
    line = press("", "entity", **{"in": brief.slug}).command
    back = Buttons((turn("Back to the brief", "brief", brief.slug),))
    return Message(f"{title}: {plural(len(entities), 'entity', 'entities')}.", (Choices(title, choices), back), line=line)


def _pick(entity: Entity, verb: str, compare: str, first: str) -> Button:
    if first:
        return press("", verb, first, compare=entity.label)
    return press("", verb, entity.label, **({"compare": compare} if compare else {}))


def _kind_line(entity: Entity) -> Line:
    names = ", ".join(alias.text for alias in entity.aliases[:3])
    return Line(words(entity.kind.value + (f", also {names}" if names else "")))


def _fields(card: EntityCard) -> tuple[Field, ...]:
    fields = [Field("Kind", words(card.entity.kind.value))]
    origins: dict[str, list[str]] = {}
    for alias in card.entity.aliases:
        origins.setdefault(alias.origin, []).append(alias.text)
    if origins:
        names = "; ".join(f"{', '.join(texts)} ({origin})" for origin, texts in origins.items())
        fields.append(Field("Also written", words(names)))
    return tuple(fields)


def _sections(*parts: tuple[str, Sequence[CitedLine]], cites: Mapping[str, str] | None) -> list[Section]:
    return [Section(title, tuple(line(cited, cites) for cited in lines)) for title, lines in parts if lines]


def _handles(lines: Sequence[CitedLine], handles: Mapping[str, str]) -> Mapping[str, str] | None:
    """The handles to cite with, where the lines rest on several articles; None where the number alone says it."""
    return handles if len({c.article for cited in lines for c in cited.citations}) > 1 else None


def _small_print(card: EntityCard, handles: Mapping[str, str]) -> str:
    parts = ["SAMPLE"] if card.sample else []
    names = list(dict.fromkeys(handles.values()))
    if len(names) == 1:
        parts += ["one source", f"[n] = sentence n of {names[0]}, shown by /source {names[0]}:n"]
    else:
        parts += [f"{len(names)} sources", "[article:n] = sentence n of that article, shown by /source article:n"]
    return SEPARATOR.join(parts)


def _card_buttons(card: EntityCard, briefs: Sequence[Brief], others: Mapping[str, Entity]) -> tuple[Button, ...]:
    label = card.entity.label
    row = [press("Check every line", "source", label)]
    look_alikes = [others[n.other] for n in card.not_the_same if n.other in others]
    row += [press(f"Compare with {other.name}", "entity", label, compare=other.label) for other in look_alikes[:2]]
    if any(card.entity.slug in step.entities for brief in briefs for step in brief.timeline):
        row.append(press("Timeline", "timeline", label))
    row += [press(f"Brief: {brief.slug}", "brief", brief.slug) for brief in briefs[:3]]
    return tuple(row)


def _rows(left: EntityCard, right: EntityCard, cites: Mapping[str, str] | None) -> tuple[ComparedRow, ...]:
    def told(lines: Sequence[CitedLine]) -> tuple[Line, ...]:
        return tuple(line(cited, cites) for cited in lines)

    rows = [ComparedRow("Kind", (Line(words(left.entity.kind.value)),), (Line(words(right.entity.kind.value)),))]
    names = [tuple(Line(words(a.text)) for a in card.entity.aliases) for card in (left, right)]
    rows.append(ComparedRow("Also written", *names))
    rows.append(ComparedRow("Facts", told([f.line for f in left.facts]), told([f.line for f in right.facts])))
    rows.append(ComparedRow("Relations", told([r.line for r in left.relations]), told([r.line for r in right.relations])))
    return tuple(row for row in rows if row.left or row.right)
