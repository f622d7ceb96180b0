"""A curator decides on a draft: it goes to the readers, waits, or is turned down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from briefs.article import Approval, Article, CitedLine, Level
from briefs.brief import Brief, State
from briefs.brief_lines import Part, numbered
from briefs.decision import Act, Change, Shelved
from briefs.desk.deciding import Curator, Decided, Deciding, cited, judge
from briefs.desk.quotes import Quotes
from briefs.desk.requests import Requests
from briefs.entity import EntityCard
from briefs.errors import BadInput, NotAllowed, NotFound
from briefs.identity import joined, once
from briefs.review import Dossier, Review, Stage

LOOKED_AT: Final = 100  # of the newest decisions on a draft, among which the approval that counts already is looked for


@dataclass(frozen=True, slots=True)
class Approve:
    """Decides on drafts.

    Args:
        eyes: how many curators it takes to approve one.
    """

    deciding: Deciding
    quotes: Quotes
    requests: Requests
    eyes: int = 1

    async def approve(self, curator: Curator, slug: str, *, version: int = 0) -> Decided:
        """Let readers have it, with its cards; where it takes more curators, this one's approval is noted.

        Raises:
            BadInput: it is held, or a line of it does not stand beside its sentences.
            NotAllowed: this curator has approved it already, and it takes another one.
            Overtaken: it was changed since that version.
        """
        on = await self.approvable(slug, version=version)
        mine = Approval(curator.name, self.deciding.clock())
        if len(on.review.eyes) + 1 < self.eyes:
            return await self._noted(curator, on, mine)
        if await self._saw_it(curator, on):
            raise NotAllowed("You have approved this one already; it takes another curator's eyes, too.")
        both = Approval(" and ".join([*(eye.by for eye in on.review.eyes), curator.name]), mine.at)
        cards = [await self._onto_the_shelf(card, both) for card in on.review.cards]
        # Who follows what was merged into one of these goes on being served.
        formerly = [slug for change in cards if isinstance(change.after, EntityCard) for slug in change.after.formerly]
        brief = replace(on.brief, state=State.APPROVED, approval=both, entities=once((*on.brief.entities, *formerly)))
        review = replace(on.review, stage=Stage.APPROVED, eyes=(*on.review.eyes, mine))
        told = f"“{brief.headline.text}”"
        return await self._decide(curator, Act.APPROVED, on, brief=brief, review=review, told=told, more=cards)

    async def approvable(self, slug: str, *, version: int = 0) -> Dossier:
        """The draft, of which nothing keeps it from being approved; names may still be in doubt.

        Raises:
            BadInput, Overtaken: as for `approve`.
        """
        on = await self.deciding.dossier(slug, version)
        if on.review.stage is Stage.HELD:
            raise BadInput(f"“{slug}” is held: {on.review.reason or 'no reason given'}. /curate release {slug} lets it be approved.")
        article = await self._hold_to_its_sentences(on)
        if problem := await self.quotes.problem(on.brief, article):
            raise BadInput(problem)
        return on

    async def hold(self, curator: Curator, slug: str, reason: str, *, version: int = 0) -> Decided:
        """Let it wait, and say why."""
        on = await self.deciding.dossier(slug, version)
        return await self._decide(curator, Act.HELD, on, review=replace(on.review, stage=Stage.HELD, reason=reason), reason=reason)

    async def release(self, curator: Curator, slug: str, *, version: int = 0) -> Decided:
        """Let it be decided on again.

        Raises:
            BadInput: it is not held.
        """
        on = await self.deciding.dossier(slug, version)
        if on.review.stage is not Stage.HELD:
            raise BadInput(f"“{slug}” is not held.")
        return await self._decide(curator, Act.RELEASED, on, review=replace(on.review, stage=Stage.WAITING, reason=""))

    async def reject(self, curator: Curator, slug: str, reason: str, *, version: int = 0) -> Decided:
        """Turn it down; readers never see it. `undo` brings it back."""
        on = await self.deciding.dossier(slug, version)
        review = replace(on.review, stage=Stage.REJECTED, reason=reason)
        return await self._decide(curator, Act.REJECTED, on, review=review, reason=reason)

    async def also(self, curator: Curator, slug: str, of: str, *, version: int = 0) -> Decided:
        """Its article is another source of that brief, approved or draft, and the draft itself is not needed.

        Raises:
            NotFound: there is no such brief.
            BadInput: it is the draft itself, or has that source already.
        """
        on = await self.deciding.dossier(slug, version)
        brief = await self.deciding.curation.brief(of.strip().casefold())
        if brief is None or brief.state is State.WITHDRAWN:
            raise NotFound("brief", of, hint="Name an approved brief, or a draft, by its short name.")
        if brief.article == on.brief.article or on.brief.article in brief.also:
            raise BadInput(f"“{on.brief.slug}” is a source of “{brief.slug}” already.")
        more = Change(Shelved.BRIEF, brief.slug, brief, replace(brief, also=(*brief.also, on.brief.article)))
        reason = f"another source of “{brief.slug}”"
        review = replace(on.review, stage=Stage.REJECTED, reason=reason)
        return await self._decide(curator, Act.REJECTED, on, review=review, reason=reason, more=(more,))

    async def _decide(
        self,
        curator: Curator,
        act: Act,
        on: Dossier,
        *,
        review: Review,
        brief: Brief | None = None,
        told: str = "",
        reason: str = "",
        more: Sequence[Change] = (),
    ) -> Decided:
        """Decide, and have the posts that asked for it say so, in one commit."""
        then = replace(review, version=on.review.version + 1)
        owed = await self.requests.decided(curator, act, on.brief, then, reason)
        decided = await self.deciding.decide(curator, act, on, brief=brief, review=review, told=told, reason=reason, more=more, owed=owed)
        self.requests.hurry(owed)
        return decided

    async def _saw_it(self, curator: Curator, on: Dossier) -> bool:
        """Whether this curator's eyes are among those that count already: the same person under another name is one pair."""
        if not on.review.eyes:
            return False
        log = await self.deciding.curation.log(about=on.review.slug, limit=LOOKED_AT)
        last = next((one for one in log if one.act is Act.APPROVED), None)
        return any(eye.by == curator.name for eye in on.review.eyes) or (last is not None and last.person == curator.person)

    async def _noted(self, curator: Curator, on: Dossier, mine: Approval) -> Decided:
        review = replace(on.review, eyes=(*on.review.eyes, mine))
        told = f"{len(review.eyes)} of {self.eyes} curators"
        return await self._decide(curator, Act.APPROVED, on, review=review, told=told)

    async def _hold_to_its_sentences(self, on: Dossier) -> Article:
        """The draft's article, where every line of it stands beside its sentences."""
        lines = numbered(on.brief)
        articles = await self.deciding.articles([*(line.line for line in lines), *(line for c in on.review.cards for line in c.lines)])
        if on.brief.article not in articles:
            raise NotFound("article", on.brief.slug, hint="The draft stands without its article, so readers cannot check it.")
        wrong = [str(one.number) for one in lines if not _stands(one.line, articles, note=one.part is Part.NOTE)]
        if wrong:
            does = "does not stand beside its sentences" if len(wrong) == 1 else "do not stand beside their sentences"
            raise BadInput(
                f"{_lines(wrong)} of “{on.brief.slug}” {does}, so readers cannot have it. Mend it first: /curate open {on.brief.slug}"
            )
        names = [card.entity.name for card in on.review.cards if not all(_stands(line, articles, note=True) for line in card.lines)]
        if names:
            raise BadInput(f"The card of {names[0]} says what its sentences do not. Mend it first: /curate card {on.brief.slug}")
        return articles[on.brief.article]

    async def _onto_the_shelf(self, card: EntityCard, approval: Approval) -> Change:
        """A drafted card as a new one, or added to the one that is there."""
        there = await self.deciding.shelf.card(card.entity.slug)
        after = replace(card, approval=approval) if there is None else replace(joined(there, card), approval=approval)
        return Change(Shelved.CARD, card.entity.slug, there, after)


def _lines(numbers: Sequence[str]) -> str:
    """Lines as they are named in a sentence."""
    return f"Line {numbers[0]}" if len(numbers) == 1 else f"Lines {', '.join(numbers[:-1])} and {numbers[-1]}"


def _stands(line: CitedLine, articles: Mapping[str, Article], *, note: bool) -> bool:
    """Whether readers may have the line: its sentences are all there, and the gate lets it pass beside them."""
    if len(cited(line, articles)) < len(line.citations):
        return False
    return judge(line, articles, note=note).level is not Level.REFUSED
