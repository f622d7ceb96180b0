"""Looking at a platform, the same on each: who it is, what it lacks, which channels it reaches; nothing is changed by looking."""

from datetime import timedelta

import pytest

from adapters.discord.checks import discord_checks
from adapters.slack.checks import slack_checks
from bot.doctor.examine import Examination
from bot.platform_checks import NoAsks
from bot.settings import Settings
from briefs.digest import Place, Sent
from briefs.errors import BadInput
from briefs.finding import Grade
from tests.builders import a_message
from tests.loopback.discord_remote import a_bot
from tests.loopback.process import started
from tests.loopback.slack_remote import a_workspace


@pytest.fixture(scope="module")
def loopbacks():
    with started("tests.loopback.discord") as discord, started("tests.loopback.slack") as slack:
        yield discord.base, slack.base


class OnDiscord:
    """How Discord is asked, and what is there."""

    def __init__(self, remote, channel):
        self.remote, self.channel = remote, channel
        self.space, self.person, self.nobody, self.owner = f"discord:{remote.guild}", "900000001", "77777", "discord:1"
        self.name = f"discord:{self.person}"
        self.link = f"https://discord.com/channels/{remote.guild}/{channel}/5"
        self.listed = (channel,)

    def opened(self, token=""):
        return discord_checks(token or self.remote.token, NoAsks(), self.remote.api)

    async def posts(self):
        return await self.remote.messages(self.channel)


class OnSlack:
    """The same for Slack."""

    def __init__(self, remote):
        self.remote, self.channel = remote, "C1"
        self.space, self.person, self.nobody, self.owner = f"slack:{remote.team}", "UHUMAN", "UNOBODY", ""
        self.name = f"{self.space}/UHUMAN"
        self.link = "https://acme.slack.com/archives/C1/p123"
        self.listed = ()

    def opened(self, token=""):
        return slack_checks(token or self.remote.token, NoAsks(), app_token=self.remote.app_token, base_url=self.remote.api)

    async def posts(self):
        return await self.remote.messages(self.channel)


@pytest.fixture(params=["discord", "slack"])
async def there(request, loopbacks, monkeypatch):
    if request.param == "slack":
        async with a_workspace(loopbacks[1]) as remote:
            yield OnSlack(remote)
        return
    monkeypatch.setattr("discord.http.Route.BASE", "")  # and back
    async with a_bot(loopbacks[0]) as remote:
        yield OnDiscord(remote, await remote.channel(name="news"))


async def test_who_the_bot_is_and_what_time_it_is_there(there):
    async with there.opened() as checks:
        assert checks.account
        assert there.remote.token not in checks.account
        assert abs(checks.ahead) < timedelta(seconds=30)
        assert checks.invitation


@pytest.mark.parametrize("token", ["nobodys", "tökén", "two words", "a\nb"])
async def test_a_token_that_is_not_taken_is_one_sentence_without_it(there, token):
    with pytest.raises(BadInput) as refused:
        async with there.opened(token):
            pass
    assert token not in str(refused.value)
    assert "TOKEN" in str(refused.value)


async def test_its_standing_is_told_and_is_fine(there):
    async with there.opened() as checks:
        found = await checks.standing()
    assert found
    assert all(finding.grade is Grade.FINE for finding in found)


async def test_its_commands_are_told(there):
    async with there.opened() as checks:
        assert (await checks.commands()).mend


async def test_channels_are_those_it_sees(there):
    async with there.opened() as checks:
        assert tuple(reach.place.channel for reach in await checks.channels()) == there.listed


@pytest.mark.parametrize("channel", ["1", "C404", "nonsense", "²"])
async def test_a_channel_that_is_not_there_lacks_that(there, channel):
    async with there.opened() as checks:
        reach = await checks.reach(Place(there.space, channel))
    assert reach.lacks
    assert reach.mend


async def test_a_channel_of_another_space_lacks_that(there):
    async with there.opened() as checks:
        reach = await checks.reach(Place(f"{there.space}9", there.channel))
    assert there.space in reach.lacks + reach.mend


async def test_a_good_channel_lacks_nothing_and_what_is_copied_names_it(there):
    place = Place(there.space, there.channel)
    async with there.opened() as checks:
        reach = await checks.reach(place)
        assert (reach.place, reach.lacks, reach.mend) == (place, "", "")
        assert await checks.place(there.link) == place
        assert await checks.place(there.channel) == place
        assert await checks.place("#news") is None


async def test_people_are_called_by_what_is_copied(there):
    async with there.opened() as checks:
        assert checks.principal(there.person) == checks.principal(there.name) == there.name
        assert checks.principal("anna") == ""
        assert (await checks.called(there.name)).startswith("@")
        assert await checks.called(checks.principal(there.nobody)) == ""
        assert await checks.called("console:anna") == ""
        assert await checks.owner() == there.owner


async def test_a_post_is_read_back_and_taken_away_again(there):
    place = Place(there.space, there.channel)
    async with there.opened() as checks:
        sent = await checks.publisher.publish(place, a_message(), "test:1")
        assert isinstance(sent, Sent)
        assert await checks.publisher.find(place, "test:1") == sent
        assert await checks.remove(place, sent.receipt)
        assert not await checks.remove(place, sent.receipt)
        assert not await checks.remove(place, "no receipt")
    assert await there.posts() == []


async def test_looking_at_everything_never_raises_whatever_is_set(tmp_path):
    for settings in (Settings(database=str(tmp_path / "s.db")), Settings(database="postgresql://x"), BadInput("Broken. Mend it.")):
        found = await Examination(settings, tmp_path).findings()
        assert found
        assert all(finding.mend for finding in found if finding.grade is Grade.WRONG)
    assert list(tmp_path.iterdir()) == []
