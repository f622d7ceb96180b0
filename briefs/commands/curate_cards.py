"""The curators' desk: which names are one thing, and what cards say."""

from typing import Final

from briefs.commands import completers
from briefs.commands.ask import Ask, Role
from briefs.commands.curate import VERSION, YES, curator_of, number_of, version_of
from briefs.commands.registry import Command, Option
from briefs.desk.card_holders import CardsDecided
from briefs.desk.cards import CardTerms
from briefs.desk.desk import Desk
from briefs.entity import Kind
from briefs.errors import BadInput, shown
from briefs.message import Message
from briefs.pages.curating import decided_page, together_question
from briefs.pages.draft_cards import draft_card_page, draft_cards_page

OF: Final = Option(
    "draft",
    "The draft or approved brief whose names are meant; left out: all approved cards",
    positional=True,
    complete=completers.briefs_and_drafts,
)
NAME: Final = Option("name", "A name, as /entity takes it", required=True, complete=completers.entities)
OTHER: Final = Option("other", "The other name", required=True, complete=completers.entities)
SURE: Final = Option("sure", "Yes: although they were kept apart, or stand side by side in a sentence", choices=(YES,))
NO_CARD: Final = "Nobody is asked again. Neither has a card, for the article says too little of them:"
ONE_CARD: Final = "Nobody is asked again. No card says so, for that takes a card of each."


def _decided(decided: CardsDecided, done: str) -> Message:
    return decided_page(done, decided.number, decided.holder.slug)


async def _merge(ask: Ask, desk: Desk) -> Message:
    given, identity = ask.options, desk.curate.identity
    name, other, draft, version = given["name"], given["other"], given.get("draft", ""), version_of(ask)
    sure = given.get("sure") == YES
    if not sure and (sentence := await identity.together(name, other, draft=draft, version=version)):
        return together_question(draft, name, other, sentence, version)
    decided = await identity.merge(curator_of(ask.asker), name, other, draft=draft, version=version, sure=sure)
    one = f"One: “{shown(other)}” is another name of “{shown(name)}”"
    return _decided(decided, f"{one}." if decided.on_cards else f"{one}. {NO_CARD} neither name is found with /entity.")


MERGE: Final = Command(
    path=("curate", "merge"),
    help="Two names are one thing: the first card stays; it asks first where a sentence has both",
    answer=_merge,
    options=(OF, NAME, OTHER, SURE, VERSION),
    examples=('/curate merge ferry name:"Ana Brekke" other:"Red Ana"',),
    who=Role.CURATOR,
)


async def _apart(ask: Ask, desk: Desk) -> Message:
    given = ask.options
    decided = await desk.curate.identity.apart(
        curator_of(ask.asker),
        given["name"],
        given["other"],
        draft=given.get("draft", ""),
        why=given.get("why", ""),
        cites=given.get("cites", ""),
        version=version_of(ask),
    )
    done = f"Two: “{shown(given['name'])}” and “{shown(given['other'])}” are kept apart"
    return _decided(decided, f"{done}, and both cards say so." if decided.on_cards else f"{done}. {ONE_CARD}")


APART: Final = Command(
    path=("curate", "apart"),
    help="Two names are two things: nobody is asked again, and where both have a card, the cards say so",
    answer=_apart,
    options=(
        OF,
        NAME,
        OTHER,
        Option("why", "Why they are two: readers see it on both cards, so its sentence must bear it"),
        Option("cites", "The sentence that keeps them apart: 12"),
        VERSION,
    ),
    examples=('/curate apart name:"Hezbollah · Lebanon" other:"Hamas · Gaza"',),
    who=Role.CURATOR,
)


async def _split(ask: Ask, desk: Desk) -> Message:
    given = ask.options
    decided = await desk.curate.identity.split(
        curator_of(ask.asker),
        given["name"],
        given["alias"],
        draft=given.get("draft", ""),
        tail=given.get("tail", ""),
        version=version_of(ask),
    )
    return _decided(decided, f"Two: “{given['alias']}” has a card of its own now.")


SPLIT: Final = Command(
    path=("curate", "split"),
    help="Another name of a card is another thing after all: it gets a card of its own",
    answer=_split,
    options=(
        OF,
        NAME,
        Option("alias", "The other name that is not its own", required=True),
        Option("tail", "One or two words that tell the new one from its look-alikes"),
        VERSION,
    ),
    examples=('/curate split ferry name:"Ana Brekke" alias:Brekke tail:captain',),
    who=Role.CURATOR,
)


async def _card(ask: Ask, desk: Desk) -> Message:
    given, cards = ask.options, desk.curate.cards
    draft, name = given.get("draft", ""), given.get("name", "")
    if not name:
        if not draft:
            raise BadInput('/curate card needs a draft, whose cards it lists, or name:"…", a card. For example /curate card ferry')
        return draft_cards_page(draft, await cards.of_draft(draft))
    terms = _terms(ask)
    if terms == CardTerms():
        card = await cards.card(name, draft)
        return draft_card_page(draft, card, await desk.curate.deciding.articles(card.lines))
    decided, after = await cards.mend(curator_of(ask.asker), name, terms, draft=draft, version=version_of(ask))
    if after is None:
        return _decided(decided, "Taken away.")
    articles = await desk.curate.deciding.articles(after.lines)
    return draft_card_page(decided.holder.slug, after, articles, decided=decided.number)


def _terms(ask: Ask) -> CardTerms:
    given = ask.options
    return CardTerms(
        alias=given.get("alias", ""),
        unalias=given.get("unalias", ""),
        kind=Kind(given["kind"]) if "kind" in given else None,
        tail=given.get("tail", ""),
        rename=given.get("rename", ""),
        fact=given.get("fact", ""),
        cites=given.get("cites", ""),
        drop=number_of(given.get("drop", "0"), "drop"),
        remove=given.get("remove") == YES,
    )


CARD: Final = Command(
    path=("curate", "card"),
    help="A draft's cards, one card, or a change on it: names, kind, facts",
    answer=_card,
    options=(
        OF,
        Option("name", "Whose card, as /entity takes it; left out: the draft's cards are listed", complete=completers.entities),
        Option("alias", "One more name", in_form=True),
        Option("unalias", "A name that is not its own"),
        Option("kind", "What sort of thing it is", choices=tuple(kind.value for kind in Kind)),
        Option("tail", "One or two words that tell it from its look-alikes", in_form=True),
        Option("rename", "The name its card bears", in_form=True),
        Option("fact", "One more line, beside cites:", in_form=True),
        Option("cites", "The sentence it rests on: 12, or ferry:12", in_form=True),
        Option("drop", "The number of a fact to take out", number=True),
        Option("remove", "Yes: no card at all", choices=(YES,)),
        VERSION,
    ),
    examples=("/curate card ferry", '/curate card ferry name:"Ana Brekke" tail:skipper', '/curate card ferry name:"Ana Brekke" cites:3'),
    who=Role.CURATOR,
)
