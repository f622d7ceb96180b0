"""The bot's pace on Discord."""

from adapters.discord.pace import Pace


async def test_turns_are_spread_evenly_and_a_pause_saves_none_up():
    clock, slept = [100.0], []

    async def sleep(seconds):
        slept.append(round(seconds, 6))

    pace = Pace(4, now=lambda: clock[0], sleep=sleep)
    for _ in range(3):
        await pace.turn()
    clock[0] = 200.0
    for _ in range(2):
        await pace.turn()
    assert slept == [0.25, 0.5, 0.25]
