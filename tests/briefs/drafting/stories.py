"""News of our own invention, for the tests of drafting."""

from datetime import date

from briefs.article import Article
from briefs.drafting.story import Story, story_of
from briefs.reading import read
from briefs.reading.names import mentions

HARBOUR = """\
Dockers in the port of Veldmar are considering a strike that would close the harbour for the first time since 1978,
after the shipping company Norlund Lines cut 400 jobs.

"We are tired of promises," said Ana Brekke, the leader of the Dockers' Union. Norlund Lines, which owns two of the
three piers, has agreed to talks with the union next week.

The Dockers' Union has an estimated 2,400 members. It is a separate group from the Union of Veldmar Pilots. About 2,400
containers are waiting at the piers, according to the harbour office.

It is not clear whether the government will send soldiers to unload ships. The government has not commented on the plan.

Joren Halvik, the mayor of Veldmar, said on Tuesday that the city could lose 3 million crowns a day. He called the cuts
reckless. The mayor will meet Brekke on Friday if both sides agree.

In March 2019, Norlund Lines bought the Veldmar shipyard. A closure could lead to shortages on the islands, the harbour office warned.
"""

FIRE = """\
A fire destroyed the old market hall in Teslin on Monday, killing two people, the fire brigade said. Three shops next to
the hall were damaged.

The cause of the fire is still unknown. Police are to question the owner of a bakery on Thursday.

Teslin's council plans to rebuild the hall. Mayor Ruta Volker promised that the work would begin in spring.
"""

PUBLISHED = date(2024, 5, 16)  # a Thursday


def article(text: str = HARBOUR, *, handle: str = "harbour", title: str = "", published: date | None = None, outlet: str = "") -> Article:
    """The text read with the names in it."""
    return read(text, handle=handle, title=title, published=published, outlet=outlet, names=mentions)


def story(text: str = HARBOUR, published: date | None = None) -> Story:
    """The text as drafting looks at it."""
    read_article = article(text, published=published)
    return story_of(read_article, mentions([sentence.text for sentence in read_article.sentences]))
