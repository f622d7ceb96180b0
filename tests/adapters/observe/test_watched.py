"""What passes through the watch at the ports: counted, and otherwise as it was."""

import re
from datetime import timedelta

import pytest

from adapters.observe.commands import WatchedCommands
from adapters.observe.ledger import WatchedLedger
from adapters.observe.measures import Measures
from adapters.observe.publisher import WatchedPublisher
from adapters.observe.pulse import Pulse
from adapters.storage.storage import open_storage
from briefs.commands.ask import Ask, Asker
from briefs.commands.registry import Command
from briefs.digest import Again, Later, Planned, Refused, Sent, Slot, Unknown
from briefs.message import Heading, Message
from tests.builders import NOON, a_delivery, a_message, a_place, a_subscription
from tests.fakes import FakePublisher

LEASE = timedelta(minutes=2)
DAY = timedelta(days=1)
PLACE = a_place("discord:1", "general")


@pytest.fixture
def measures():
    return Measures("0")


def figures(measures):
    """The counters and counts that are not 0, by their line."""
    lines = [line.rpartition(" ") for line in measures.exposition().decode().splitlines() if line.startswith("standfirst_")]
    return {name: float(value) for name, _, value in lines if float(value) and re.search(r"(_total|_count|_owed|_up|_connected)\b", name)}


async def test_what_became_of_deliveries_is_counted_with_how_late_they_were(tmp_path, measures):
    storage = await open_storage(tmp_path / "s.db")
    ledger = WatchedLedger(storage.ledger, measures, Pulse())
    deliveries = [a_delivery(PLACE, name) for name in ("a", "b", "c", "d")]
    skipped = a_subscription(PLACE, "e")
    plans = [Planned(a_subscription(PLACE, d.name), slot(), slot(1), (d,)) for d in deliveries]
    plans.append(Planned(skipped, slot(), slot(1), (), "nothing new"))
    for one in plans:
        await storage.subscriptions.put(one.subscription, one.slot)
    await ledger.plan(plans, NOON)
    taken = await ledger.claim("w", NOON, LEASE, 9, ("discord",))
    assert {delivery.name for delivery in taken} == {"a", "b", "c", "d"}
    late = timedelta(seconds=7)
    outcomes = [Sent("1"), Refused("no"), Again(late, "busy"), Later(late, "cut off")]
    await ledger.settle(list(zip(taken, outcomes, strict=True)), "w", NOON + late)
    assert figures(measures) == {
        **{f'standfirst_deliveries_total{{outcome="{o}",platform="discord"}}': 1 for o in ("sent", "refused", "again", "later", "skipped")},
        'standfirst_delivery_lateness_seconds_count{platform="discord"}': 1,
    }
    assert 'lateness_seconds_bucket{le="5.0",platform="discord"} 0.0' in measures.exposition().decode()
    assert 'lateness_seconds_bucket{le="10.0",platform="discord"} 1.0' in measures.exposition().decode()
    await storage.close()


def slot(days=0):
    return Slot(NOON + days * DAY, (NOON + days * DAY).date())


@pytest.mark.parametrize(
    ("outcome", "errors"),
    [
        (Sent("1"), {}),
        *((outcome, {kind: 1}) for outcome, kind in ((Refused("no"), "refused"), (Unknown("?"), "unknown"), (Again(DAY, "busy"), "again"))),
        (KeyError("a fault"), {"fault": 1}),
    ],
)
async def test_a_post_has_its_time_and_what_goes_wrong_its_kind(measures, outcome, errors):
    publisher = WatchedPublisher("slack", FakePublisher([outcome]), measures)
    if isinstance(outcome, Exception):
        with pytest.raises(KeyError):
            await publisher.publish(PLACE, a_message(), "k")
    else:
        assert await publisher.publish(PLACE, a_message(), "k") is outcome
    wanted = {f'standfirst_platform_errors_total{{kind="{kind}",platform="slack"}}': n for kind, n in errors.items()}
    assert figures(measures) == {'standfirst_post_seconds_count{platform="slack"}': 1, **wanted}


async def test_a_history_that_cannot_be_read_is_an_error_and_an_empty_one_is_none(measures):
    fake = FakePublisher()
    publisher = WatchedPublisher("slack", fake, measures)
    await publisher.find(PLACE, "k")
    assert figures(measures) == {}
    fake.readable = False
    await publisher.find(PLACE, "k")
    assert figures(measures) == {'standfirst_platform_errors_total{kind="unreadable",platform="slack"}': 1}


async def test_a_command_has_its_time_under_its_name_and_what_is_none_under_one_name(measures, caplog):
    async def answer(ask, desk):
        return Message("secret words", (Heading("secret words"),))

    commands = WatchedCommands(desk=None, catalogue=(Command(("greet",), "says hello", answer, who=None),), measures=measures)
    caplog.set_level("INFO")
    asker = Asker("discord:1", "general", "900")
    for name in ("greet", "greet", "x1", "x2"):
        await commands.answer(Ask(asker, name, {}))
    assert figures(measures) == {
        'standfirst_command_seconds_count{command="greet",outcome="answer"}': 2,
        'standfirst_command_seconds_count{command="unknown",outcome="bad_input"}': 2,
    }
    assert "secret words" not in caplog.text
    assert {record.fields["command"] for record in caplog.records} == {"greet", "unknown"}
