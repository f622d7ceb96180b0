"""Messages made by hand: GALLERY has every kind of block and span, HOSTILE has what must never reach a reader."""

from datetime import UTC, datetime

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
    Said,
    Section,
    SmallPrint,
    SourceSentence,
    Story,
    Timeline,
    Typed,
    Usage,
    Words,
    words,
)

APPROVED = datetime(2026, 11, 22, 6, 52, tzinfo=UTC)
NEXT = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"

BRIEF: tuple[Block, ...] = (
    Heading("Iraq's Iran-backed militias weigh disarming"),
    Lead(
        "Bottom line",
        Line(words("Iranian-backed militias in Iraq are considering disarming in the hope of escaping airstrikes."), ("1",)),
    ),
    Notice((Label("Undated article:"), Words(" “considering” is as of the article, not as of today."))),
    Section(
        "What happened",
        (
            Line(words("Several groups of Shia militias are in talks with Iraq's government about giving up their arms."), ("4", "5")),
            Line(
                (
                    Words("US officials had told Baghdad they were ready for airstrikes unless the militias disarmed, "),
                    Said("Reuters reported"),
                    Words("."),
                ),
                ("12",),
            ),
        ),
    ),
    Section(
        "Two figures, not to be confused",
        (
            Line((Hedged("an estimated"), Words(" 50,000 fighters (whose estimate: not said)")), ("10",)),
            Line(
                (
                    Hedged("more than"),
                    Words(" 50,000 Palestinians killed in the Gaza war, "),
                    Said("according to the Hamas-run health ministry"),
                ),
                ("28", "29"),
            ),
        ),
    ),
    SmallPrint((Words("SAMPLE · one source · [n] = sentence n of 29 · 11 lines: all reworded, approved by @curator, "), Moment(APPROVED))),
    SmallPrint((Words("shared by "), Person("42", "Anna"), Words(" in "), Channel("C4200"))),
    SmallPrint((Words("posted: "), Link("the post", "https://chat.example/1"))),
    Buttons(
        (
            Button("Check every line", "/source iraq"),
            Button("Who (25)", "/brief iraq part:who"),
            Button("Timeline", "/timeline iraq"),
            Button("Full brief", "/brief iraq size:full"),
        )
    ),
)

CHECKED: tuple[Block, ...] = (
    CheckedLine(
        position=3,
        total=11,
        verdict="REWORDED, approved by @curator · from sentence 12, paragraph 7",
        line=Line((Words("US officials had told Baghdad they were ready for airstrikes, "), Said("Reuters reported"), Words(".")), ("12",)),
        evidence=Evidence(
            (
                SourceSentence(
                    12, 7, "Officials of the US had let Baghdad know of their readiness to strike, as Reuters had it.", retelling=True
                ),
            ),
            "Our retelling; the article is not attached, so its wording cannot be shown.",
        ),
        kept=("officials → Baghdad", "had told", "Reuters reported"),
        buttons=(Button("Before and after", "/source iraq:12"), Button("Copy as citation", "/source iraq line:3 as:citation")),
    ),
    Evidence(
        (
            SourceSentence(9, 5, "The sentence that stands before it, shown so that nothing is out of context.", cited=False),
            SourceSentence(10, 6, "The coalition is thought to command an estimated 50,000 fighters."),
            SourceSentence(11, 6, "The sentence that stands after it.", cited=False),
        )
    ),
)

ENTITY: tuple[Block, ...] = (
    Fields((Field("Kind", words("armed group")), Field("Also written", words("Kata'ib Hizballah (lexicon); the group (this article)")))),
    Comparison(
        "Hezbollah · Lebanon",
        "Kataeb Hezbollah · Iraq",
        (
            ComparedRow("Kind", (Line(words("movement")),), (Line(words("armed group")),)),
            ComparedRow(
                "Facts",
                (),
                (
                    Line((Words("One of the "), Hedged("most powerful"), Words(" militias in Iraq.")), ("5",)),
                    Line(words("A separate group from the Lebanese one."), ("6",)),
                ),
            ),
        ),
    ),
    Choices(
        "“Hezbollah” is a name of several.",
        (
            Choice("Hezbollah", "Lebanon", '/entity "Hezbollah · Lebanon"', Line(words("movement, also Hizbullah"))),
            Choice("Kataeb Hezbollah", "Iraq", '/entity "Kataeb Hezbollah"', Line(words("is named in the sentence"), ("6", "7"))),
            Choice("The last one", "", "/entity last"),
        ),
    ),
    Timeline(
        (
            DatedLine("7 Oct 2023", True, Line(words("The attack that began the war."), ("27",))),
            DatedLine("in January", False, Line(words("A truce was agreed, which held for two months before it was broken."), ("25",))),
            DatedLine("", False, Line(words("Heavy bombers were moved to a base within reach."), ("21",))),
        )
    ),
)

DIGEST: tuple[Block, ...] = (
    Story(
        1,
        "North Korea's military on high alert, KCNA says",
        (
            Line((Words("It is to prepare a “quasi-state of war”, "), Said("KCNA says, as quoted by Yonhap"), Words(".")), ("korea:1",)),
            Line((Label("Not known:"), Words(" whether shots were fired.")), ("korea:4", "iraq:16")),
        ),
        (Words("Wikinews · 21 Aug 2015 · "), Label("archive: not today's news")),
        Button("Open", "/brief korea"),
    ),
    Story(
        2, "A second story", (Line(words("It has one line."), ("iraq:1",)),), words("undated · one source"), Button("Open", "/brief second")
    ),
    SmallPrint((Words("Edition 2026-11-22 daily · curated · next: "), Moment(NEXT, "Europe/London"))),
)

HELP: tuple[Block, ...] = (
    Prose((Label("How to write it:"), Words(" /verb what key:value. "), Typed('"Quotes"'), Words(" keep words together."))),
    Prose(words("A second paragraph of the bot's own.")),
    Manual(
        (
            Usage("/brief [brief] [size:short|standard|full]", "Today's list, or one brief", "", ("/brief", "/brief iraq size:full")),
            Usage(
                "/digest subscribe at:… [tz:…]", "A digest for this channel, every day at its own local time", "managers", ("/digest list",)
            ),
        )
    ),
    Copyable(
        f"“A line to be copied as it stands, {LONG_WORD}, which is longer than any terminal is wide.” — iraq, sentence 12, article 0f3a"
    ),
    Prose(words(f"The end, and one long word: {LONG_WORD}.")),
)

GALLERY = Message("Every block and every span.", (*BRIEF, *CHECKED, *ENTITY, *DIGEST, *HELP))

# Escapes that colour, retitle, clear and move; a C1 escape; overrides and isolates; invisible disguises; half a pair;
# rich markup, an emoji code, Discord and Slack mentions and links, line ends that would forge a line.
NASTY = (
    "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x1b[2J\x9b31m \u202egnp.exe \u2066iso\u2069 ze\u200bro \ud800 "
    "[bold]markup[/bold] :warning: @everyone <!channel> <@U123> [label](https://example.org) *b* _i_ `c` ~s~\r\n1) forged\ttab \U000e0041"
)


def hostile(text: str = NASTY) -> Message:
    """A message with the text wherever a message takes text."""
    line = Line(
        (Words(text), Said(text), Hedged(text), Label(text), Typed(text), Moment(APPROVED), Person("7", text), Link(text, "")), (text,)
    )
    button = Button(text, f"/find {text}")
    evidence = Evidence((SourceSentence(1, 1, text), SourceSentence(2, 1, text, cited=False, retelling=True)), text)
    return Message(
        text,
        (
            Heading(text),
            Lead(text, line),
            Section(text, (line,)),
            Notice(line.spans),
            Prose(line.spans),
            Fields((Field(text, line.spans),)),
            evidence,
            CheckedLine(1, 1, text, line, evidence, (text,), (button,)),
            Comparison(text, text, (ComparedRow(text, (line,), ()), ComparedRow(text, (line, line), (line,)))),
            Timeline((DatedLine(text, True, line), DatedLine(text, False, line))),
            Choices(text, (Choice(text, text, f"/find {text}", line),)),
            Story(1, text, (line,), line.spans, button),
            Manual((Usage(text, text, text, (text,)),)),
            Copyable(text),
            SmallPrint(line.spans),
            Buttons((button, button)),
        ),
    )


def texts(value: object) -> list[str]:
    """Every text a reader must find in a part of a message: all of them but the commands behind buttons and the summary."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [found for part in value for found in texts(part)]
    hidden = {"kind", "command", "summary", "outcome", "zone", "user", "address"}
    names = [name for name in getattr(type(value), "__dataclass_fields__", {}) if name not in hidden]
    return [found for name in names for found in texts(getattr(value, name))]
