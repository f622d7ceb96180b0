"""Readers have it, and something was wrong: a line corrected, a brief withdrawn, in every post that carries it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from briefs.article import CitedLine
from briefs.brief import Brief, Correction, State
from briefs.brief_lines import Numbered, Part, gone, line_number, numbered, with_line, with_line_again, without_line
from briefs.decision import Act, Change, Decision, Shelved
from briefs.desk.catching_up import edit_of, within_reach
from briefs.desk.compose import CORRECTED_MAX, mark_of
from briefs.desk.deciding import Curator, Deciding, kept_promises, numbers_of, typed_line
from briefs.desk.requests import Requests
from briefs.desk.shared_posts import is_share
from briefs.digest import Delivery
from briefs.errors import BadInput, NotFound
from briefs.pages.corrected import mended_message
from briefs.ports import Ledger

TAKEN_BACK: Final = "an earlier correction was taken back"


@dataclass(frozen=True, slots=True)
class Told:
    """What a decision on an approved brief did: its number, the brief as it is now, how many posts are put right.

    Args:
        posts: of editions.
        shared: and of those that readers shared.
        left: how many of these show what was wrong, and cannot be changed.
        cards: labels of approved cards that say nothing but what the article of a brief says that was withdrawn.
    """

    number: int
    brief: Brief
    posts: int
    shared: int = 0
    left: int = 0
    cards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Afterwards:
    """Corrects and withdraws what readers have; each edit of a post is owed with the decision, in one commit."""

    deciding: Deciding
    ledger: Ledger
    requests: Requests

    async def brief(self, slug: str) -> Brief:
        """The approved brief of that slug.

        Raises:
            NotFound: there is none.
        """
        found = await self.deciding.shelf.brief(slug.strip().casefold())
        if found is None:
            raise NotFound("approved brief", slug, hint="A draft is mended with /curate edit; list the briefs with /brief.")
        return found

    async def correct(
        self, curator: Curator, slug: str, number: int, text: str, *, cites: str = "", why: str = "", drop: bool = False
    ) -> Told:
        """Put a line right, or take it out, and say what was wrong.

        Raises:
            LineRefused: the gate will not have the new line.
            BadInput: no such line, or nothing was changed.
        """
        brief = await self.brief(slug)
        old = line_number(brief, number)
        new = None if drop else await self._line(brief, old, text, cites)
        if new == old.line:
            raise BadInput(f"Line {number} says just that already.")
        return await self._corrected(curator, brief, old, new, why)

    async def _line(self, brief: Brief, old: Numbered, text: str, cites: str) -> CitedLine:
        article = await self.deciding.shelf.article(brief.article)
        if article is None:
            raise NotFound("article", brief.slug, hint="The brief stands without its article, and nothing can be checked.")
        own = tuple(citation.sentence for citation in old.line.citations if citation.article == article.id)
        return typed_line(text, article, numbers_of(cites) if cites else own, note=old.part is Part.NOTE)

    async def _corrected(
        self, curator: Curator, brief: Brief, old: Numbered, new: CitedLine | None, why: str, undone: Decision | None = None
    ) -> Told:
        made = Correction(self.deciding.clock(), new, old.line.text, why, curator.name)
        # What was corrected before into this line stands as it does now, and goes on saying what it made of it.
        changed = [replace(one, line=new, made=one.became) if one.line == old.line else one for one in brief.corrections]
        earlier = _taken_back(changed, undone, made.at)
        # The same line may stand elsewhere in the brief, as a step of its timeline; the last first, for the numbers behind it change.
        places = [one.number for one in reversed(numbered(brief)) if one.line == old.line]
        after = kept_promises(lambda: _put_right(brief, places, new))
        after = replace(after, corrections=(*earlier, made))
        told = f"line {old.number}: {f'“{new.text}”' if new else 'taken out'}, was “{old.line.text}”"
        return await self._decide(curator, Act.CORRECTED, brief, after, made, told, undone.number if undone else 0)

    async def withdraw(self, curator: Curator, slug: str, why: str) -> Told:
        """Take the whole brief back, and say why."""
        brief = await self.brief(slug)
        made = Correction(self.deciding.clock(), why=why, by=curator.name)
        after = replace(brief, state=State.WITHDRAWN, corrections=(*brief.corrections, made))
        told = await self._decide(curator, Act.WITHDREW, brief, after, made, f"“{brief.headline.text}”", 0)
        return replace(told, cards=await self._resting_on(brief))

    async def _resting_on(self, brief: Brief) -> tuple[str, ...]:
        """Labels of the approved cards that say nothing but what the brief's article says."""
        cards = [await self.deciding.shelf.card(slug) for slug in brief.entities]
        alone = [
            card.entity.label
            for card in cards
            if card is not None and {citation.article for fact in card.facts for citation in fact.line.citations} == {brief.article}
        ]
        return tuple(dict.fromkeys(alone))

    async def carried(self, slug: str) -> int:
        """In how many channels an edition of the last days has carried the brief."""
        posts = await self.ledger.posts_carrying(slug, self.deciding.clock() - CORRECTED_MAX)
        return len({post.delivery.place for post in posts})

    async def take_back(self, curator: Curator, taken: Decision) -> Told:
        """Take a correction or a withdrawal back: readers are told of that, too.

        Raises:
            BadInput: the line was changed again since.
        """
        change = next(one for one in taken.changes if one.kind is Shelved.BRIEF)
        before, then = change.before, change.after
        assert isinstance(before, Brief) and isinstance(then, Brief)
        if taken.act is Act.WITHDREW:
            return await self._back(curator, before, then, taken.number)
        now = await self.brief(then.slug)
        made = then.corrections[-1]
        old = gone(before, then, made.was)
        if made.line is None and old is not None:
            return await self._again(curator, now, before, then, old, taken)
        current = next((one for one in numbered(now) if one.line == made.line), None)
        if current is None or (old is None and not made.back):
            raise BadInput("That line was changed again since; correct it as it stands now, with /curate correct.")
        return await self._corrected(curator, now, current, None if made.back else old, TAKEN_BACK, taken)

    async def _again(self, curator: Curator, now: Brief, before: Brief, then: Brief, line: CitedLine, undone: Decision) -> Told:
        """Put a line that was taken out where it stood; readers are told that it stands again."""
        texts, left = ([one.line.text for one in numbered(brief)] for brief in (now, then))
        if texts.count(line.text) > left.count(line.text):
            raise BadInput(f"That line stands in “{now.slug}” already: “{line.text}”")
        made = Correction(self.deciding.clock(), line, line.text, TAKEN_BACK, curator.name, back=True)
        after = kept_promises(lambda: with_line_again(now, before, line))
        # What was corrected before into this line stands as it did.
        stood = {at for at, one in enumerate(before.corrections) if one.line == line}
        changed = [replace(one, line=line) if at in stood else one for at, one in enumerate(now.corrections)]
        after = replace(after, corrections=(*_taken_back(changed, undone, made.at), made))
        number = next(one.number for one in numbered(after) if one.line == line)
        told = f"line {number}, which had been taken out, stands again: “{line.text}”"
        return await self._decide(curator, Act.CORRECTED, now, after, made, told, undone.number)

    async def _back(self, curator: Curator, before: Brief, then: Brief, undoes: int) -> Told:
        told = f"the withdrawal of “{before.headline.text}”; readers have it again"
        return await self._decide(curator, Act.UNDID, then, before, then.corrections[-1], told, undoes)

    async def _decide(self, curator: Curator, act: Act, before: Brief, after: Brief, made: Correction, told: str, undoes: int) -> Told:
        owed, shared, left = await self._edits(before, after, made, act)
        changes = (Change(Shelved.BRIEF, before.slug, before, after),)
        now = self.deciding.clock()
        decision = Decision(act, before.slug, curator.name, curator.person, now, told, made.why, changes, undoes)
        number = await self.deciding.curation.decide(decision, owed)
        self.requests.hurry(owed)
        return Told(number, after, len(owed) - shared, shared, left)

    async def _edits(self, before: Brief, after: Brief, made: Correction, act: Act) -> tuple[Sequence[Delivery], int, int]:
        """An edit for each post that carries what was wrong, made once, however often it is tried.

        With how many of them are of posts that readers shared, and how many such posts nobody can change.
        """
        now, owed, shared, left = self.deciding.clock(), list[Delivery](), 0, 0
        for record in await self.ledger.posts_carrying(before.slug, now - CORRECTED_MAX):
            message = mended_message(record.delivery.message, before, after, now.date())
            if message is None:
                continue
            if not within_reach(record.receipt):
                left += 1
                continue
            shared += is_share(record.delivery)
            owed.append(edit_of((record.delivery, record.receipt), message, act, [mark_of(before, made)], now))
        return owed, shared, left


def _taken_back(corrections: Sequence[Correction], undone: Decision | None, at: date | datetime) -> tuple[Correction, ...]:
    """The corrections, the one that the decision made with when it was taken back; None: nothing is."""
    then = [change.after for change in undone.changes if isinstance(change.after, Brief)] if undone else []
    marks = {(brief.corrections[-1].at, brief.corrections[-1].was) for brief in then}
    return tuple(replace(one, undone=at) if (one.at, one.was) in marks else one for one in corrections)


def _put_right(brief: Brief, places: Sequence[int], new: CitedLine | None) -> Brief:
    for number in places:
        brief = without_line(brief, number) if new is None else with_line(brief, number, new)
    return brief
