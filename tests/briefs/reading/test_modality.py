"""What keeps an act from being done is seen, with the act."""

import pytest

from briefs.article import ModalKind
from briefs.reading.modality import modals


@pytest.mark.parametrize(
    ("text", "kind", "words", "of"),
    [
        ("They are considering closing the port.", ModalKind.CONSIDERS, "considering", "closing the port"),
        ("She is considering an offer.", ModalKind.CONSIDERS, "considering", "an offer"),
        ("It may be considering a merger.", ModalKind.CONSIDERS, "considering", "a merger"),
        ("He is weighing whether to go.", ModalKind.CONSIDERS, "weighing", "whether to go"),
        ("They are in talks over a truce.", ModalKind.CONSIDERS, "in talks", "over a truce"),
        ("Talks with the union about pay go on.", ModalKind.CONSIDERS, "Talks", "with the union about pay go on"),
        ("The city plans to close it.", ModalKind.INTENDS, "plans", "to close it"),
        ("He vowed to “crush” them.", ModalKind.INTENDS, "vowed", "to “crush” them"),
        ("It will close.", ModalKind.INTENDS, "will", "close"),
        ("They’ll close it.", ModalKind.INTENDS, "’ll", "close it"),
        ("They were prepared to fire.", ModalKind.INTENDS, "were prepared", "to fire"),
        ("It is due to close.", ModalKind.INTENDS, "is due", "to close"),
        ("The leaders are to meet.", ModalKind.INTENDS, "are", "to meet"),
        ("He threatened the port with a siege.", ModalKind.THREATENS, "threatened", "the port with a siege"),
        ("The threat of a strike grew.", ModalKind.THREATENS, "threat", "of a strike grew"),
        ("She offered to pay.", ModalKind.OFFERS, "offered", "to pay"),
        ("He proposed a truce.", ModalKind.OFFERS, "proposed", "a truce"),
        ("They demanded an apology.", ModalKind.DEMANDS, "demanded", "an apology"),
        ("She called for calm.", ModalKind.DEMANDS, "called", "for calm"),
        ("He asked the mayor to resign.", ModalKind.ASKS, "asked", "the mayor to resign"),
        ("It may rain, they say.", ModalKind.MAY, "may", "rain"),
        ("It could further weaken the union.", ModalKind.MAY, "could", "further weaken the union"),
        ("It might not work.", ModalKind.MAY, "might", "not work"),
        ("They should leave.", ModalKind.SHOULD, "should", "leave"),
        ("They have to leave.", ModalKind.SHOULD, "have to", "leave"),
        ("It would be the first.", ModalKind.WOULD, "would", "be the first"),
        ("It closes if the snow falls.", ModalKind.CONDITION, "if", "the snow falls"),
        ("It closes unless they pay.", ModalKind.CONDITION, "unless", "they pay"),
        ("They stop only when it ends.", ModalKind.CONDITION, "only when", "it ends"),
        ("In the event that talks fail, it closes.", ModalKind.CONDITION, "In the event that", "talks fail"),
        ("It is expected to close.", ModalKind.EXPECTS, "expected to", "close"),
        ("Rain is likely to fall.", ModalKind.EXPECTS, "likely to", "fall"),
        ("They want to go.", ModalKind.WANTS, "want", "to go"),
        ("They met in the hope of a truce.", ModalKind.WANTS, "in the hope of", "a truce"),
        ("He tried to flee.", ModalKind.TRIES, "tried", "to flee"),
        ("The union seeks a truce.", ModalKind.TRIES, "seeks", "a truce"),
        ("They had begun emptying the port.", ModalKind.BEGINS, "begun", "emptying the port"),
        ("They have agreed to talks.", ModalKind.AGREES, "agreed", "to talks"),
        ("The law allows it.", ModalKind.ALLOWS, "allows", "it"),
    ],
)
def test_a_modal_is_seen_with_its_kind_and_what_it_governs(text: str, kind: ModalKind, words: str, of: str) -> None:
    assert (kind, words, of) in [(modal.kind, modal.words, modal.of) for modal in modals(text)]


@pytest.mark.parametrize(
    "text",
    [
        "They met in May.",
        "The military might of the city is great.",
        "The boat weighs five tons.",
        "He is considered a friend.",
        "He considered her a friend.",
        "The council is considering itself beaten.",
        "It sank as if made of stone.",
        "He asked why.",
        "It sank due to the storm.",
        "They were home, close to the port.",
        "He was only about a mile off.",
        "It was shut until last week.",
        "They were subject to abuse.",
        "He spoke on condition of anonymity.",
        "She is the mayor of the town.",
    ],
)
def test_what_only_looks_modal_is_not(text: str) -> None:
    assert modals(text) == ()


def test_modals_come_in_reading_order_each_kind_of_its_own() -> None:
    found = modals("They will stop only when the city agrees to talks, and may start again.")
    assert [modal.kind for modal in found] == [ModalKind.INTENDS, ModalKind.CONDITION, ModalKind.AGREES, ModalKind.MAY]
