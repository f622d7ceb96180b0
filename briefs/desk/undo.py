"""Taking decisions back, and the log of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from briefs.brief import Brief, State
from briefs.decision import Act, Decision
from briefs.desk.afterwards import Afterwards
from briefs.desk.deciding import Curator, Deciding
from briefs.desk.requests import Requests
from briefs.desk.retention import REMEMBERED_MIN
from briefs.digest import Delivery
from briefs.errors import BadInput, NotFound
from briefs.ports import Ledger
from briefs.review import Review

LOOKED_AT: Final = 50  # of the newest decisions, among which one's own last one is looked for


@dataclass(frozen=True, slots=True)
class Undo:
    """Takes decisions back."""

    deciding: Deciding
    ledger: Ledger
    afterwards: Afterwards
    requests: Requests

    async def undo(self, curator: Curator, number: int = 0) -> Decision:
        """Take a decision back; what it changed stands again as it did before.

        Args:
            number: its number in the log; 0: this curator's last one that still stands.

        Returns:
            The decision that took it back.

        Raises:
            NotFound: there is no such decision.
            BadInput: it changed nothing, was taken back already, or readers were told of it.
            Overtaken: something it changed was changed again since.

        A correction or a withdrawal is taken back by another one, which readers are told of as well.
        """
        taken = await self._meant(curator, number)
        if taken.act is Act.ANSWERED:
            raise BadInput("An answer has reached its reader and cannot be taken back; what it said stands in /curate log.")
        if not taken.changes:
            raise BadInput(f"Decision {taken.number} ({taken.act.value}) changed nothing that could be taken back.")
        if again := await self.deciding.curation.undone(taken.number):
            raise BadInput(f"{again.by} took decision {taken.number} back already. /curate undo {again.number} brings it back.")
        if taken.act in (Act.CORRECTED, Act.WITHDREW):
            return await self._there((await self.afterwards.take_back(curator, taken)).number)
        await self._not_told(taken)
        undone = Decision(
            Act.UNDID,
            taken.about,
            curator.name,
            curator.person,
            self.deciding.clock(),
            told=f"{taken.by} {taken.act.value} {taken.told}".strip(),
            changes=tuple(change.undone for change in reversed(taken.changes)),
            undoes=taken.number,
        )
        owed = await self._posts(curator, undone)
        number = await self.deciding.curation.decide(undone, owed)
        self.requests.hurry(owed)
        return await self._there(number)

    async def _posts(self, curator: Curator, undone: Decision) -> Sequence[Delivery]:
        """What is owed so that the posts that ask for a review say how its draft stands again."""
        for change in undone.changes:
            was, then = change.before, change.after
            if not isinstance(was, Review) or not isinstance(then, Review | None):
                continue
            brief = await self.deciding.curation.brief(change.key)
            if brief is not None and (then is None or (was.stage, was.eyes) != (then.stage, then.eyes)):
                return await self.requests.decided(curator, Act.UNDID, brief, then)
        return ()

    async def _meant(self, curator: Curator, number: int) -> Decision:
        if number:
            return await self._there(number)
        for one in await self.deciding.curation.log(limit=LOOKED_AT):
            mine = one.person == curator.person and one.act not in (Act.UNDID, Act.ANSWERED) and not one.undoes
            if mine and await self.deciding.curation.undone(one.number) is None:
                return await self._there(one.number)
        raise NotFound("decision", "yours", hint="You have decided nothing lately that still stands; see /curate log.")

    async def _there(self, number: int) -> Decision:
        found = await self.deciding.curation.decision(number)
        if found is None:
            raise NotFound("decision", str(number), hint="See /curate log.")
        return found

    async def _not_told(self, taken: Decision) -> None:
        """Refuse to take away without a word what readers of an edition have had."""
        for change in taken.changes:
            brief = change.after
            if not isinstance(brief, Brief) or brief.state is not State.APPROVED or brief.approval is None:
                continue
            if isinstance(change.before, Brief) and change.before.state is State.APPROVED:
                continue  # it stays, with other words
            if self.deciding.clock() - brief.approval.at > REMEMBERED_MIN:
                raise BadInput(f"Readers have long had “{brief.slug}”, so it cannot just disappear: /curate withdraw {brief.slug}.")
            if posts := await self.ledger.posts_carrying(brief.slug, brief.approval.at):
                channels = len({post.delivery.place for post in posts})
                raise BadInput(
                    f"Posts in {channels} channel{'s' * (channels > 1)} have carried “{brief.slug}”, so it cannot just disappear: "
                    f"/curate withdraw {brief.slug} takes it away and tells them."
                )
