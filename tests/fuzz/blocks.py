"""Any message there could be: every block and span, with a hostile text of its own in every place that takes one."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from briefs.message import (
    Block,
    Button,
    Buttons,
    Channel,
    CheckedLine,
    Choice,
    Choices,
    ComparedRow,
    Comparison,
    Copyable,
    DatedLine,
    Evidence,
    Field,
    Fields,
    Heading,
    Hedged,
    Label,
    Lead,
    Line,
    Link,
    Manual,
    Message,
    Moment,
    Notice,
    Person,
    Prose,
    Rich,
    Said,
    Section,
    SmallPrint,
    SourceSentence,
    Span,
    Story,
    Timeline,
    Typed,
    Usage,
    Words,
)
from tests.fuzz.texts import Dice

BEGIN = datetime(2026, 11, 22, 6, 52, tzinfo=UTC)
ZONES = ["UTC", "Europe/London", "Asia/Kathmandu", "America/Argentina/Buenos_Aires", "Etc/GMT-5"]


def any_message(dice: Dice) -> Message:
    """A message of one to eight blocks, of any kinds."""
    blocks = tuple(dice.choice(BLOCKS)(dice) for _ in dice.few(8, 1))
    menus = tuple(choices(dice) for _ in dice.few(2)) if dice.random() < 0.2 else ()
    return Message(dice.text(), blocks, menus=menus)


def span(dice: Dice) -> Span:
    match dice.randrange(12):
        case 0:
            return Said(dice.text())
        case 1:
            return Hedged(dice.text())
        case 2:
            return Label(dice.text())
        case 3:
            return Typed(dice.text())
        case 4:
            return Moment(BEGIN + timedelta(minutes=dice.randrange(500_000)), dice.choice(ZONES))
        case 5:
            return Person(dice.choice(["7", "U0ANNA", dice.text(2)]), dice.text())
        case 6:
            return Channel(dice.choice(["42", "C0MAIN", dice.text(2, short=True)]))
        case 7:
            return Link(dice.text(), dice.choice(["https://chat.example/1", "", "javascript:alert(1)", "https://a b|c>", dice.text(2)]))
        case _:
            return Words(dice.text())


def rich(dice: Dice) -> Rich:
    return tuple(span(dice) for _ in dice.few(5))


def line(dice: Dice) -> Line:
    return Line(rich(dice), tuple(dice.choice(["1", "12", "iraq:3", dice.text(2)]) for _ in dice.few(3)))


def button(dice: Dice) -> Button:
    return Button(dice.text(), dice.choice(["/brief iraq", "/standfirst help", f"/find {dice.text()}x"]), dice.random() < 0.2)


def choices(dice: Dice) -> Choices:
    most = 60 if dice.random() < 0.1 else 6
    several = (Choice(dice.text(), dice.text(2), f"/find {dice.text(3)}{n}", line(dice)) for n in dice.few(most, 1))
    return Choices(dice.text(), tuple(several))


def evidence(dice: Dice) -> Evidence:
    return Evidence(tuple(sentence(dice) for _ in dice.few(4)), dice.text())


def sentence(dice: Dice) -> SourceSentence:
    return SourceSentence(dice.randint(1, 999), dice.randint(1, 99), dice.text(), dice.random() < 0.5, dice.random() < 0.5)


def checked(dice: Dice) -> CheckedLine:
    row = tuple(button(dice) for _ in dice.few(3))
    kept = tuple(dice.text(2) for _ in dice.few(3))
    return CheckedLine(dice.randint(1, 9), 9, dice.text(), line(dice), evidence(dice), kept, row)


def lines(dice: Dice, least: int = 0) -> tuple[Line, ...]:
    return tuple(line(dice) for _ in dice.few(5, least))


BLOCKS: list[Callable[[Dice], Block]] = [
    lambda dice: Heading(dice.text()),
    lambda dice: Lead(dice.text(2), line(dice)),
    lambda dice: Section(dice.text(2), lines(dice, 1)),
    lambda dice: Notice(rich(dice)),
    lambda dice: Prose(rich(dice)),
    lambda dice: Fields(tuple(Field(dice.text(2), rich(dice)) for _ in dice.few(5))),
    evidence,
    checked,
    lambda dice: Comparison(dice.text(2), dice.text(2), tuple(ComparedRow(dice.text(2), lines(dice), lines(dice)) for _ in dice.few(3))),
    lambda dice: Timeline(tuple(DatedLine(dice.text(2), dice.random() < 0.5, line(dice)) for _ in dice.few(5, 1))),
    choices,
    lambda dice: Story(dice.randint(1, 9), dice.text(), lines(dice), rich(dice), button(dice)),
    lambda dice: Manual(tuple(Usage(dice.text(2), dice.text(), dice.text(2), (dice.text(2),)) for _ in dice.few(4, 1))),
    lambda dice: Copyable(dice.text(12)),
    lambda dice: SmallPrint(rich(dice)),
    lambda dice: Buttons(tuple(button(dice) for _ in dice.few(12 if dice.random() < 0.1 else 4, 1))),
]
