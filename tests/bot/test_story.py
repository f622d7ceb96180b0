"""The curators' story from a pasted article to a correction and back, told once and played on Discord, in Slack and at the console.

The bot is a process that is killed twice in the middle; after every step everything a reader can see is looked at.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from adapters.storage.storage import open_storage
from briefs.brief import State
from briefs.brief_lines import numbered
from briefs.digest import Slot
from tests.bot.stages import CLEO, AtTheConsole, House, InAWorkspace, OnDiscord, Shown, Stage, until
from tests.briefs.drafting.stories import HARBOUR
from tests.builders import a_subscription
from tests.loopback.discord_remote import a_bot
from tests.loopback.slack_remote import a_workspace

STAGES = ("discord", "slack", "console")
# With a name that is spelled almost like another one.
STORY = f"{HARBOUR}\nAna Brekka, a retired pilot, praised the mayor. Ana Brekka will speak in the town hall on Friday.\n"
MENDED = "Dockers in the port of Veldmar are considering a strike that would close the harbour."
CORRECTED = "Dockers in the port of Veldmar are considering a strike."


@dataclass
class Play:
    """The stage, another curator's, and what readers may and may not see."""

    house: House
    stages: dict[str, Stage]
    on: str
    slug: str = "strike-in-veldmar"

    @property
    def stage(self) -> Stage:
        return self.stages[self.on]

    @property
    def other(self) -> Stage:
        return self.stages[STAGES[(STAGES.index(self.on) + 1) % len(STAGES)]]

    async def begin(self) -> None:
        """Begin, or begin again."""
        await self.house.begin()

    async def again(self, page: Shown, line: str) -> Shown:
        """The page as it can be pressed after a restart: itself, or where presses do not last, the answer to that line."""
        return await self.stage.say(line) if self.stage.begins_anew else page

    async def brief(self):
        storage = await open_storage(self.house.database)
        try:
            return await storage.curation.brief(self.slug)
        finally:
            await storage.close()

    async def lines(self) -> list[str]:
        return [line.text for line in (await self.brief()).lines]

    async def holds(self) -> None:
        """Nothing that any reader can see lacks its sentence or its approval; nothing of a draft is to be seen."""
        brief = await self.brief()
        served = brief is not None and brief.state is State.APPROVED
        texts = [one.line.text for one in numbered(brief)] if brief else []
        for stage in self.stages.values():
            for post in await stage.posts():
                said = [text for text in texts if text in post]
                assert not said or brief.approval is not None, post
                assert not said or re.search(r"\[[\w-]*:?\d+", post) or "WITHDRAWN" in post, post
        reads = {line: (await self.stage.say(line, CLEO)).text for line in (f"/brief {self.slug}", "/entity Brekke", "/find dockers")}
        reads |= {f"TAB {verb}": await self.stage.offered(verb) for verb in ("brief", "entity")}
        for asked, told in reads.items():
            if "only curators see this yet" in told:
                assert self.on == "console" and not served, asked  # where the only reader is a curator
            elif brief is not None and brief.state is State.WITHDRAWN and asked != f"/brief {self.slug}":
                assert not any(text in told for text in texts[:2]), (asked, told)  # its cards stand, each with its own approval
            elif not served:
                assert "Dockers" not in told and self.slug not in told.replace(f"“{self.slug}”", ""), (asked, told)
        if served:
            assert brief.approval is not None and all(line.citations for line in brief.lines)
            assert "approved by" in reads[f"/brief {self.slug}"] and re.search(r"\[\d+", reads[f"/brief {self.slug}"])


@pytest.fixture
async def play(loopbacks, tmp_path: Path, request: pytest.FixtureRequest):
    async with a_bot(loopbacks[0]) as discord, a_workspace(loopbacks[1]) as slack, aiohttp.ClientSession():
        news = await discord.channel(name="news", kind=0)
        for user in ("UANNA", "UCLEO"):
            await slack.note("user", id=user, tz="Europe/London", locale="en-GB", real_name=user[1:].title())
        await slack.note("channel", id="C1", members=["UANNA", "UCLEO", "UHUMAN", f"U{slack.team}BOT"])
        told = {
            "DATABASE": str(tmp_path / "s.db"),
            "ZONE": "UTC",
            "ASKS_A_MINUTE": "0",
            "CURATORS": f"discord:{OnDiscord.people['anna']},slack:{slack.team}/UANNA",
            "DISCORD__TOKEN": discord.token,
            "DISCORD__API_URL": discord.api,
            "SLACK__BOT_TOKEN": slack.token,
            "SLACK__APP_TOKEN": slack.app_token,
            "SLACK__BASE_URL": slack.api,
        }
        house = House(tmp_path, {f"STANDFIRST_{name}": value for name, value in told.items()})
        stages = {"discord": OnDiscord(discord, news), "slack": InAWorkspace(slack), "console": AtTheConsole(house)}
        play = Play(house, stages, request.param)
        await play.begin()
        try:
            yield play
        finally:
            house.kill()
        assert "Traceback" not in house.errors(), house.errors()


async def settled(play: Play) -> None:
    """Until the ledger knows that the post is there: of one whose answer a kill cuts off, nobody knows yet."""
    storage = await open_storage(play.house.database)
    try:
        await until(lambda: storage.ledger.posts_carrying(play.slug, datetime.now(UTC) - timedelta(days=1)))
    finally:
        await storage.close()


@pytest.mark.parametrize("play", STAGES, indirect=True)
async def test_the_whole_story(play: Play):
    stage, slug = play.stage, play.slug
    await play.holds()

    # An article comes in, and its draft is opened with the press.
    folded = STORY if play.on != "console" else " ".join(STORY.split())
    told = await stage.say(f'/curate add title:"Strike in Veldmar" outlet:Gazette licence:own date:2024-05-16 {folded}')
    assert f"Stored as “{slug}”" in told.text
    draft = await stage.press(told, "Open the draft")
    assert "Names to decide on" in draft.text
    await play.holds()

    # Two lines are mended: one attempt is refused in the form, and the same form sent twice changes it once.
    form = await stage.press(draft, "Edit", nth=1)
    if play.on != "console":
        assert set(form.fields) == {"text", "cites"}
        assert form.fields["text"] == (await play.brief()).bottom_line.text
    before = await play.lines()
    refused = await stage.fill(form, {"text": "Dockers in Veldmar have begun a strike."})
    assert "This line was not saved" in refused.text
    assert await play.lines() == before
    assert "Saved" in (await stage.fill(form, {"text": MENDED})).text
    assert "Meanwhile this draft was changed" in (await stage.fill(form, {"text": MENDED})).text
    said = "Joren Halvik, the mayor of Veldmar, said that the city could lose 3 million crowns a day."
    assert "Saved" in (await stage.say(f'/curate edit {slug} line:4 text:"{said}"')).text
    await play.holds()

    # Look-alikes are kept apart: by a press, and by typing.
    draft = await stage.say(f"/curate open {slug}")
    assert "kept apart" in (await stage.press(draft, "Two:")).text
    assert "Meanwhile this draft was changed" in (await stage.press(draft, "Two:")).text
    assert "both cards say so" in (await stage.say(f'/curate apart {slug} name:"Norlund Lines" other:"Ana Brekke"')).text
    await play.holds()

    # The bot is killed between draft and approval. Another curator, elsewhere, has the draft open, and comes too late.
    draft = await stage.say(f"/curate open {slug}")
    play.house.kill()
    await play.begin()
    elsewhere = await play.other.say(f"/curate open {slug}")
    draft = await play.again(draft, f"/curate open {slug}")
    approved = await stage.press(draft, "Approve")
    assert "Readers have it now" in approved.text
    late = await play.other.press(elsewhere, "Approve")
    assert "was approved" in late.text and "approved it" in late.text
    assert "was approved" in (await stage.press(draft, "Approve")).text
    await play.holds()
    assert MENDED in (await stage.say(f"/brief {slug}", CLEO)).text
    assert "Norlund Lines" in (await stage.say('/entity "Ana Brekke"', CLEO)).text
    assert slug in (await stage.say("/find dockers", CLEO)).text

    # It is digested.
    storage = await open_storage(play.house.database)
    due = datetime.now(UTC) + timedelta(seconds=1)
    await storage.subscriptions.put(a_subscription(stage.place), Slot(due, due.date()))
    await storage.close()
    post = await until(lambda: one_with(stage, "briefing", MENDED))
    await play.holds()

    await settled(play)

    # One line is corrected while the bot is down: the post that carried it is put right when it is back, once.
    play.house.kill()
    told = await play.house.once(f'/curate correct {slug} line:2 why:"it was put too strongly" text:"{CORRECTED}"')
    assert "1 post that carries it is put right now, and the next edition there says so, too." in told
    await play.begin()
    await stage.say("/standfirst about")  # at the console, this begins the chat that delivers
    corrected = await until(lambda: one_with(stage, "CORRECTION", CORRECTED))
    assert f"Was: “{MENDED}”" in corrected
    assert len([post for post in await stage.posts() if "briefing" in post]) == 1
    assert post != corrected
    again = await stage.say(f'/curate correct {slug} line:2 why:"it was put too strongly" text:"{CORRECTED}"')
    assert "says just that already" in again.text
    assert corrected.count("CORRECTION") == (await one_with(stage, "CORRECTION", CORRECTED)).count("CORRECTION")
    assert "it was put too strongly".capitalize() in (await stage.say("/standfirst corrections", CLEO)).text
    await play.holds()

    # A reader finds something wrong, and is answered.
    checked = await stage.say(f"/source {slug}", CLEO)
    form = await stage.press(checked, "Something wrong?", CLEO, nth=2)
    sent = await stage.fill(form, {"said": "It was the harbour master who said so."}, CLEO)
    assert "as report 1" in sent.text
    assert "harbour master" in (await stage.say("/curate reports 1")).text
    await stage.say('/curate answer 1 text:"The article names the leader of the union."')
    assert "names the leader" in (await stage.say("/standfirst reported", CLEO)).text
    assert "was answered already" in (await stage.say('/curate answer 1 text:"Once more."')).text

    # It is withdrawn, which the post says, and undone, which it says as well.
    asked = await stage.say(f'/curate withdraw {slug} why:"the outlet took it back"')
    assert "Withdrawn" in (await stage.press(asked, "Withdraw it")).text
    assert "No approved brief" in (await stage.press(asked, "Withdraw it")).text
    gone = await until(lambda: one_with(stage, "WITHDRAWN", "The outlet took it back."))
    assert CORRECTED not in gone
    await play.holds()
    assert "the withdrawal of" in (await stage.say("/curate undo")).text
    back = await until(lambda: one_with(stage, "BACK", CORRECTED))
    assert "CORRECTION" in back
    await play.holds()


@pytest.mark.parametrize("play", STAGES, indirect=True)
async def test_a_real_article_goes_the_same_way(play: Play, shared: Path):
    """No sentence of it stands here: lines are mended to the words of other sentences of its own."""
    file = shared / "articles" / "wikinews" / "imprisoned.txt"
    if not file.exists():
        pytest.skip(f"{file.name} is not among the shared articles")
    stage, text = play.stage, file.read_text().split("---\n", 2)[2]
    folded = text if play.on != "console" else " ".join(text.split())
    told = await stage.say(f'/curate add title:"Strike in Veldmar" outlet:Wikinews licence:"CC BY 2.5" date:2011-11-29 {folded}')
    draft = await stage.press(told, "Open the draft")
    form = await stage.press(draft, "Edit", nth=1)
    assert "This line was not saved" in (await stage.fill(form, {"text": "Nobody was hurt in 1812."})).text
    for number, sentence in ((1, 1), (3, 14)):
        assert "Saved" in (await stage.say(f"/curate swap {play.slug} line:{number + 2} cites:{sentence + 1}")).text
    draft = await stage.say(f"/curate open {play.slug}")
    assert "kept apart" in (await stage.press(draft, "Two:")).text
    draft = await stage.say(f"/curate open {play.slug}")
    assert "Readers have it now" in (await stage.press(draft, "Approve")).text
    assert "approved by" in (await stage.say(f"/brief {play.slug}", CLEO)).text
    storage = await open_storage(play.house.database)
    due = datetime.now(UTC) + timedelta(seconds=1)
    await storage.subscriptions.put(a_subscription(stage.place), Slot(due, due.date()))
    await storage.close()
    await until(lambda: one_with(stage, "briefing"))
    await settled(play)
    page = await stage.say(f"/curate open {play.slug}")
    form = await stage.press(page, "Correct", nth=1)
    now = (await play.lines())[2]
    cites = (await play.brief()).points[0].line.citations[0].sentence
    told = await stage.fill(form, {"text": now, "why": "it said too much", "cites": str(cites)})
    assert "is put right now" in told.text, told.text
    corrected = await until(lambda: one_with(stage, "CORRECTION", "It said too much."))
    assert re.search(r"\[\d+", corrected)


async def one_with(stage: Stage, *words: str) -> str:
    """The one post that has all of these words; empty while there is none."""
    found = [post for post in await stage.posts() if all(word in post for word in words)]
    assert len(found) < 2
    return found[0] if found else ""


@pytest.mark.parametrize("play", ["discord", "slack"], indirect=True)
async def test_a_post_whose_answer_a_kill_cuts_off_is_put_right_although_nobody_knew_of_it(play: Play):
    stage, slug = play.stage, play.slug
    play.house.kill()
    play.house.environment["STANDFIRST_SETTLE"] = "1"
    await play.begin()
    await stage.say(f'/curate add title:"Strike in Veldmar" outlet:Gazette licence:own date:2024-05-16 {STORY}')
    assert "Saved" in (await stage.say(f'/curate edit {slug} line:2 text:"{MENDED}"')).text
    assert "Readers have it now" in (await stage.say(f"/curate approve {slug} sure:yes")).text
    if isinstance(stage, OnDiscord):
        await stage.remote.fault(path=f"/channels/{stage.channel}/messages$", lag=20)
    elif isinstance(stage, InAWorkspace):
        await stage.remote.fault("chat.postMessage", channel="C1", lag=20)
    storage = await open_storage(play.house.database)
    due = datetime.now(UTC) + timedelta(seconds=1)
    await storage.subscriptions.put(a_subscription(stage.place), Slot(due, due.date()))
    await until(lambda: one_with(stage, "briefing", MENDED))
    play.house.kill()
    assert await storage.ledger.posts_carrying(slug, due - timedelta(days=1)) == ()
    await storage.close()
    await play.house.once(f'/curate correct {slug} line:2 why:"it was put too strongly" text:"{CORRECTED}"')
    await play.begin()
    corrected = await until(lambda: one_with(stage, "CORRECTION", CORRECTED))
    assert f"Was: “{MENDED}”" in corrected
    assert len([post for post in await stage.posts() if "briefing" in post]) == 1
    await play.holds()


@pytest.mark.parametrize("play", ["discord", "slack"], indirect=True)
async def test_an_answer_that_a_reader_shared_is_put_right_where_it_stands(play: Play):
    stage, slug = play.stage, play.slug
    assert isinstance(stage, OnDiscord | InAWorkspace)
    await stage.say(f'/curate add title:"Strike in Veldmar" outlet:Gazette licence:own date:2024-05-16 {STORY}')
    assert "Saved" in (await stage.say(f'/curate edit {slug} line:2 text:"{MENDED}"')).text
    assert "Readers have it now" in (await stage.say(f"/curate approve {slug} sure:yes")).text
    await stage.share(await stage.say(f"/brief {slug}", CLEO))
    await until(lambda: one_with(stage, "shared by", MENDED))
    await settled(play)
    play.house.kill()
    told = await play.house.once(f'/curate correct {slug} line:2 why:"it was put too strongly" text:"{CORRECTED}"')
    assert "1 shared post that carries it is put right now." in told
    await play.begin()
    corrected = await until(lambda: one_with(stage, "CORRECTION", CORRECTED))
    assert f"Was: “{MENDED}”" in corrected and "shared by" in corrected
    await stage.say(f'/curate withdraw {slug} why:"the outlet took it back" sure:yes')
    gone = await until(lambda: one_with(stage, "WITHDRAWN", "The outlet took it back."))
    assert CORRECTED not in gone and "shared by" in gone
    await stage.say("/curate undo")
    await until(lambda: one_with(stage, "BACK", CORRECTED))
    assert len([post for post in await stage.posts() if "shared by" in post]) == 1
    await play.holds()


@pytest.mark.parametrize("play", ["discord", "slack"], indirect=True)
async def test_what_was_shared_into_a_thread_is_put_right_there(play: Play):
    stage, slug = play.stage, play.slug
    assert isinstance(stage, OnDiscord | InAWorkspace)
    await stage.say(f'/curate add title:"Strike in Veldmar" outlet:Gazette licence:own date:2024-05-16 {STORY}')
    assert "Saved" in (await stage.say(f'/curate edit {slug} line:2 text:"{MENDED}"')).text
    assert "Readers have it now" in (await stage.say(f"/curate approve {slug} sure:yes")).text
    await stage.share(await stage.say(f"/brief {slug}", CLEO), label="Open in a thread")
    await until(lambda: in_a_thread(stage, MENDED))
    await settled(play)
    told = (await stage.say(f'/curate correct {slug} line:2 why:"it was put too strongly" text:"{CORRECTED}"')).text
    assert "1 shared post that carries it is put right now." in told
    assert f"Was: “{MENDED}”" in await until(lambda: in_a_thread(stage, "CORRECTION"))


async def in_a_thread(stage: OnDiscord | InAWorkspace, words: str) -> str:
    """The post in a thread of the channel that has these words; empty while there is none."""
    if isinstance(stage, InAWorkspace):
        return await one_with(stage, words, "Bottom line")
    seen = (await stage.remote.seen())["channels"]
    threads = [replace(stage, channel=one) for one in seen if one != stage.channel]
    found = [text for thread in threads if (text := await one_with(thread, words, "Bottom line"))]
    return found[0] if found else ""
