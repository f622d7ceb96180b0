"""The curators' desk: the use cases on drafts gathered, and a draft looked at."""

from dataclasses import dataclass

from briefs.article import Article
from briefs.brief_lines import Part, numbered
from briefs.desk.afterwards import Afterwards
from briefs.desk.approve import Approve
from briefs.desk.cards import Cards
from briefs.desk.deciding import Deciding, judge
from briefs.desk.identity import Identity
from briefs.desk.redact import Redact
from briefs.desk.requests import Requests
from briefs.desk.undo import Undo
from briefs.pages.dossier import Judged
from briefs.review import Dossier


@dataclass(frozen=True, slots=True)
class Curate:
    """Everything a curator may do."""

    deciding: Deciding
    redact: Redact
    approve: Approve
    identity: Identity
    cards: Cards
    afterwards: Afterwards
    undo: Undo
    requests: Requests

    async def judged(self, on: Dossier) -> tuple[tuple[Judged, ...], Article | None]:
        """Every line of a draft with the gate's verdict and its sentences, and the draft's article, if it is there."""
        lines = numbered(on.brief)
        articles = await self.deciding.articles([one.line for one in lines])
        found = (Judged(one, judge(one.line, articles, note=one.part is Part.NOTE), one.line.beside(articles)) for one in lines)
        return tuple(found), articles.get(on.brief.article)
