"""What every decision on a draft has in common: the draft as it was seen, the gate, the log."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from briefs.article import CITATIONS_MAX, Article, CitedLine, Sentence
from briefs.brief import Brief
from briefs.decision import Act, Change, Decision, Shelved
from briefs.digest import Delivery
from briefs.errors import BadInput, LineRefused, NotFound, Overtaken, Ungrounded, shown
from briefs.ports import Curation, Shelf
from briefs.review import Dossier, Review, Stage

if TYPE_CHECKING:
    from briefs.drafting.grounding import Verdict

NEAREST_AMONG: Final = 100  # drafts that wait, among which a misspelt one is looked for
TYPED_MAX: Final = 600  # characters of a line; no line of a brief is longer


@dataclass(frozen=True, slots=True)
class Curator:
    """Who decides.

    Args:
        name: as readers see who approved something.
        person: as the settings name people; the same wherever they are.
    """

    name: str
    person: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision made of a draft, its number in the log, and what the log says of it."""

    dossier: Dossier
    number: int
    told: str = ""


@dataclass(frozen=True, slots=True)
class Deciding:
    """Looks drafts up and decides on them; what somebody else decided meanwhile is never overwritten."""

    curation: Curation
    shelf: Shelf
    clock: Callable[[], datetime]

    async def dossier(self, slug: str, version: int = 0) -> Dossier:
        """The draft of that slug, still to be decided on.

        Args:
            version: the one the curator saw; 0: whatever it is now.

        Raises:
            NotFound: there is no such draft.
            BadInput: it was approved or rejected.
            Overtaken: it was changed since that version.
        """
        found = await self.any_dossier(slug)
        review = found.review
        if not review.open:
            raise BadInput(await self._decided_already(review))
        await self.seen(review, version)
        return found

    async def seen(self, review: Review, version: int) -> None:
        """Refuse a press on what was changed since it was shown.

        Raises:
            Overtaken: it is not the version that was seen; 0: whatever it is now.
        """
        if version and version != review.version:
            raise Overtaken(f"Meanwhile this draft was changed: {await self._last(review)}.", review.slug)

    async def any_dossier(self, slug: str) -> Dossier:
        """The draft of that slug, or the brief that was made of it.

        Raises:
            NotFound: there is none.
        """
        found = await self.curation.dossier(slug.strip().casefold())
        if found is None:
            waiting = [one.review.slug for one in await self.curation.queue((Stage.WAITING, Stage.HELD), NEAREST_AMONG)]
            near = get_close_matches(slug.casefold(), waiting, n=3)
            raise NotFound("draft", slug, near, hint="List them with /curate queue.")
        return found

    async def _decided_already(self, review: Review) -> str:
        """That nothing of it can be changed as a draft's any more: since when, and what can be done."""
        slug, last = review.slug, next(iter(await self.curation.log(about=review.slug, limit=1)), None)
        since = ":" if last is None or last.act.value == review.stage.value else ". Since then,"
        told = f"“{slug}” was {review.stage.value}{since} {await self._last(review)}."
        mend = f" What readers have is put right with /curate correct {slug} line:…" if review.stage is Stage.APPROVED else ""
        return f"{told}{f'{mend}; see' if mend else ' See'} /curate log {slug}."

    async def _last(self, review: Review) -> str:
        """Who decided what on it last, and when."""
        newest = await self.curation.log(about=review.slug, limit=1)
        if not newest:
            return "the log does not say by whom"
        one = newest[0]
        return f"{one.by} {one.act.value} it on {one.at.day} {one.at:%b, %H:%M} UTC{f' ({one.told})' if one.told else ''}"

    async def decide(
        self,
        curator: Curator,
        act: Act,
        on: Dossier,
        *,
        brief: Brief | None = None,
        review: Review | None = None,
        told: str = "",
        reason: str = "",
        more: Sequence[Change] = (),
        owed: Sequence[Delivery] = (),
    ) -> Decided:
        """Make the decision and log it.

        Args:
            brief, review: as they are to be; None: as they are. The review's version goes up by itself.
            more: what else changes.

        Raises:
            Overtaken: something of it was changed meanwhile; nothing is done.
        """
        after = Dossier(brief or on.brief, replace(review or on.review, version=on.review.version + 1))
        if act is not Act.APPROVED and (after.brief, after.review.cards) != (on.brief, on.review.cards):
            after = replace(after, review=replace(after.review, eyes=()))  # nobody approved it as it is now
        slug = on.review.slug
        changes = [Change(Shelved.REVIEW, slug, on.review, after.review)]
        if after.brief != on.brief:
            changes.append(Change(Shelved.BRIEF, slug, on.brief, after.brief))
        decision = Decision(act, slug, curator.name, curator.person, self.clock(), told, reason, (*changes, *more))
        return Decided(after, await self.curation.decide(decision, owed), told)

    async def articles(self, lines: Sequence[CitedLine]) -> Mapping[str, Article]:
        """The articles that lines cite, by id; those that are not on the shelf are left out."""
        ids = dict.fromkeys(citation.article for line in lines for citation in line.citations)
        found = [await self.shelf.article(article) for article in ids]
        return {article.id: article for article in found if article is not None}


def cited(line: CitedLine, articles: Mapping[str, Article]) -> tuple[Sentence, ...]:
    """The sentences a line cites, those that are there."""
    return tuple(sentence for _, sentence in line.beside(articles))


def judge(line: CitedLine, articles: Mapping[str, Article], *, note: bool = False) -> "Verdict":
    """What the gate says of a line beside its own sentences."""
    from briefs.drafting.grounding import check

    return check(line.text, cited(line, articles), note=note)


def typed_line(text: str, article: Article, numbers: Sequence[int], *, note: bool = False) -> CitedLine:
    """What a curator typed as a line that rests on those sentences of the article, once the gate lets it pass.

    Raises:
        LineRefused: the gate refuses it; the error says why, and which sentences would bear it.
        BadInput: no words, too many, or a sentence that the article does not have.
    """
    # The gate takes a while to load, and a cold answer does not need it.
    from briefs.drafting.grounding import check, support
    from briefs.drafting.lines import marked_line

    plain = " ".join(text.split())
    if not plain or len(plain) > TYPED_MAX:
        raise BadInput("Write the line." if not plain else f"A line has at most {TYPED_MAX} characters; this one has {len(plain):,}.")
    sentences = sentences_of(article, numbers)
    verdict = check(plain, sentences, note=note)
    if not verdict.passes:
        others, elsewhere = support(plain, article)
        raise LineRefused(verdict.reasons, [sentence.number for sentence in others] if elsewhere.passes else [])
    return marked_line(plain, article.id, sentences, verdict.level)


def own_words(article: Article, number: int) -> CitedLine:
    """A sentence as a line of its own.

    Raises:
        BadInput: the article has no such sentence, or it is too long for a line.
    """
    [sentence] = sentences_of(article, [number])
    return typed_line(sentence.text, article, [number])


def sentences_of(article: Article, numbers: Sequence[int]) -> tuple[Sentence, ...]:
    """The sentences of those numbers, in reading order, each once.

    Raises:
        BadInput: none, too many, or one that the article does not have.
    """
    wanted = sorted(set(numbers))
    if not 1 <= len(wanted) <= CITATIONS_MAX:
        raise BadInput(f"A line rests on one to {CITATIONS_MAX} sentences: name them with cites:12,13.")
    found = [article.sentence(number) for number in wanted]
    if None in found:
        raise BadInput(f"“{article.handle}” has sentences 1 to {len(article.sentences)}.")
    return tuple(sentence for sentence in found if sentence is not None)


def numbers_of(typed: str) -> tuple[int, ...]:
    """Numbers of sentences as they are typed: "12,13", "12 13", "iraq:12".

    Raises:
        BadInput: something in it is no number.
    """
    pieces = [piece.rpartition(":")[2] for piece in typed.replace(",", " ").split()]
    if not pieces or not all(piece.isascii() and piece.isdecimal() and len(piece) < 7 for piece in pieces):
        raise BadInput(f"cites: takes numbers of sentences, for example cites:12,13, not “{shown(typed)}”.")
    return tuple(map(int, pieces))


def kept_promises(change: Callable[[], Brief]) -> Brief:
    """The changed brief; that it would break a promise of its own is told to the curator.

    Raises:
        BadInput: it would.
    """
    try:
        return change()
    except Ungrounded as error:
        raise BadInput(f"{error} Nothing was changed.") from error
