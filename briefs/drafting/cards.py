"""Entity cards: what an article says of each one it names, and of no look-alike."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from briefs.drafting.lines import line_of
from briefs.drafting.points import apart_line
from briefs.drafting.story import Drafted, Story
from briefs.entity import Alias, Entity, EntityCard, Fact, Kind, Mention, NotTheSame, Relation
from briefs.folding import cut_at_a_word, fold
from briefs.reading import grammar as g
from briefs.reading.cues import SAYING
from briefs.reading.gathering import Group
from briefs.reading.places import places
from briefs.reading.titles import HONORIFICS, OFFICES, PORTFOLIOS, ROLES
from briefs.reading.wordlist import words

FACTS_MAX: Final = 5
RELATIONS_MAX: Final = 4
TAIL_WORDS: Final = 2
SLUG_MAX: Final = 60  # characters
_APPOSITION: Final = re.compile(r"^(?:’s|'s)?, (?:an?|the|one of|\d+, an?|aged? \d+,)\s+(?P<what>[^,.;]{3,60})")
_RELATING: Final = re.compile(
    r"\b(?:leader|commander|chief|head|ally|allies|members?|part|proxy|spokes(?:man|woman|person)|president|minister|chairman|director"
    r"|founder|owner|subsidiary|wife|husband|son|daughter|brother|sister|rival|successor|branch|wing|affiliate|arm) (?:of|to|for)\b"
    r"|\b(?:backed|led|founded|headed|owned|run) by\b|\b(?:joined|belongs? to|allied with)\b"
)
_STARTS: Final = re.compile(r"^(?:The |An? )?$|(?:^|[,;] )(?:and |but |while |as )?(?:the )?$")
_ADJECTIVES: Final = frozenset(
    {"major", "general", "chief", "private", "deputy", "vice", "prime", "crown"}
)  # with a capital they are ranks
_HELD: Final = OFFICES | ROLES
_TRADES: Final = ROLES - OFFICES
_PRONOUNS: Final = ("He ", "She ", "It ")
_LIES: Final = re.compile(r"^ (?:in|of|from) (?:the )?[A-Z][\w’-]*(?: [A-Z][\w’-]*)*")
_BEGINS: Final = re.compile(r"^(?:The )?$")
_AGENT: Final = re.compile(r"\b(?:is|are|was|were|been|being) (?:[\w-]+ ){1,4}by (?:the )?$")  # not "territory held by"
_INTRODUCED: Final = re.compile(r"(?:^|[,;] )(?:According to|As|For|With|Like|By|In|At|From|To) (?:[\w.’'-]+ ){0,4}$", re.IGNORECASE)
_CLOSED: Final = re.compile(r"^, [^,.;]+,")
_MEDIA: Final = re.compile(
    r"\b(?:news|times|post|press|herald|telegraph|guardian|journal|gazette|tribune|daily|chronicle|newspaper|magazine|tv|radio"
    r"|broadcasting|observer|mirror|mail|express|reuters|bbc|cnn|abc|nbc|cbs|afp|ap|itv|cbc|npr|pbs|al jazeera|bloomberg)\b",
    re.IGNORECASE,
)
_TITLE_WORDS: Final = frozenset(
    {*(OFFICES | ROLES | PORTFOLIOS | HONORIFICS.keys()), "former", "us", "british"} - {"of", "and", "for", "the"}
)
_ITS_PEOPLE: Final = words("officials authorities leaders forces troops fighters members police workers representatives residents")
_OF_WHAT: Final = re.compile(r" (?:of|from) (?:the )?")
_IN_WHAT: Final = re.compile(r",? (?:in|of) (?:the )?|, ")
_TELL_NOTHING: Final = g.SMALL | g.CONJUNCTIONS | g.AUXILIARIES | {"as", "former"}
_WEAK: Final = words("member resident native secretary")  # say who somebody is only with what of
_OF_NAME: Final = re.compile(r"^ of (?:the )?(?P<name>[A-Z][\w’-]*)")


def slugs_of(story: Story, taken: Mapping[str, Entity]) -> dict[int, str]:
    """A slug for each group with a kind: its entity's where it has one, else one of its own, unlike all others.

    Args:
        taken: the entities on the shelf, by slug.
    """
    found: dict[int, str] = {}
    used = set(taken)
    for at, group in enumerate(story.gathered.groups):
        if group.slug:
            found[at] = group.slug
        elif group.kind is not None and (plain := slug_of(name_of(group))):
            slug, number = plain, 2
            while slug in used:
                slug, number = f"{plain}-{number}", number + 1
            used.add(slug)
            found[at] = slug
    return found


def name_of(group: Group) -> str:
    """Its fullest name; a country's own where the article has but its adjective."""
    return (places().country_of(group.name) if group.kind is Kind.PLACE else "") or group.name


def slug_of(name: str) -> str:
    """A name as a slug: lower case, letters, digits and hyphens; empty where none is left."""
    return cut_at_a_word(re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-"), SLUG_MAX)


def importance(story: Story) -> list[int]:
    """The groups with a kind, the most important first: by mentions, an early one counting more."""

    def weight(at: int) -> tuple[float, int]:
        group = story.gathered.groups[at]
        sentences = {mention.sentence for mention in group.mentions}
        return -(len(sentences) + 2 / min(sentences)), at

    return sorted((at for at, group in enumerate(story.gathered.groups) if group.kind is not None), key=weight)


def cards_of(story: Story, slugs: Mapping[int, str], known: Mapping[str, Entity]) -> tuple[EntityCard, ...]:
    """A card for everyone of whom the article says something, most important first; none for a bare mention."""
    found = []
    named = _of_pronouns(story)
    for at in importance(story):
        facts = _facts(story, at, named) if at in slugs else []
        if not facts:
            continue
        group = story.gathered.groups[at]
        entity = known.get(slugs[at]) or Entity(slugs[at], name_of(group), group.kind or Kind.PLACE, _tail(story, group), _aliases(group))
        apart = tuple(_not_the_same(story, at, slugs))
        relations = tuple(_relations(story, at, slugs, facts))
        found.append(EntityCard(entity, tuple(Fact(fact.line) for fact in facts), relations, apart))
    return tuple(found)


def _facts(story: Story, at: int, named: Sequence[tuple[int, Drafted]]) -> list[Drafted]:
    """Lines about the entity: those that say who it is first, then in the article's order."""
    telling: list[tuple[bool, Drafted]] = []
    for mention in story.gathered.groups[at].mentions:
        number = mention.sentence
        if number not in story.usable or any(fact.number == number for _, fact in telling) or not _is_about(story, mention):
            continue
        fact = line_of(story, number)
        if fact is not None and mention.text in fact.line.text:
            telling.append((not _says_what(story, mention), fact))
    telling += [(True, fact) for group, fact in named if group == at and all(fact.number != one.number for _, one in telling)]
    return [fact for _, fact in sorted(telling, key=lambda one: (one[0], one[1].number))][:FACTS_MAX]


def _of_pronouns(story: Story) -> list[tuple[int, Drafted]]:
    """Lines of sentences that begin with a pronoun, and the group that is named for it."""
    found = []
    for number in story.usable:
        fact = line_of(story, number) if story.sentence(number).text.startswith(_PRONOUNS) else None
        if fact is None:
            continue
        text = fact.line.text.removeprefix("The ")
        named = [m for cited in fact.line.citations for m in story.names[cited.sentence - 1] if text.startswith(f"{m.text} ")]
        if named:
            found.append((story.group_of[max(named, key=lambda mention: len(mention.text))], fact))
    return found


def _is_about(story: Story, mention: Mention) -> bool:
    """Whether the sentence says something of it: it acts, is told of, or is explained."""
    sentence = story.sentence(mention.sentence)
    if any(quote.start <= mention.start < quote.end for quote in sentence.quotes):
        return False
    if any(mention.text in said.who for said in sentence.attributions) and _is_source(mention):
        return False  # "…, Reuters reported" tells nothing of Reuters
    if mention.kind is Kind.PLACE and places().country_of(mention.text):
        return False
    if _says_what(story, mention) or _is_agent(sentence.text[: mention.start]):
        return True
    before = _without_title(story, mention)
    # A place after a comma is where the one before it lies, unless a setting stands there.
    begins = _BEGINS if mention.kind is Kind.PLACE and not _is_setting(story, mention) else _STARTS
    return bool(begins.search(before)) and _acts(sentence.text[mention.end :])


def _is_agent(before: str) -> bool:
    return before.endswith(("by ", "by the ")) and bool(_AGENT.search(before))


def _is_source(mention: Mention) -> bool:
    return mention.kind is not Kind.PERSON and bool(_MEDIA.search(mention.text))


def _is_setting(story: Story, mention: Mention) -> bool:
    """Whether what stands before a comma and the name says when or where ("After the vote, Veldmar …")."""
    before = story.sentence(mention.sentence).text[: mention.start].rstrip()
    first = before.partition(" ")[0].strip(",").casefold()
    ends_with_name = any(other.end == len(before) - 1 for other in story.names[mention.sentence - 1])
    return before.count(",") == 1 and before.endswith(",") and not ends_with_name and (first in g.PREPOSITIONS or g.is_time(first))


def _without_title(story: Story, mention: Mention) -> str:
    """What stands before a name and its title, with the name of what the title is of ("Veldmar Council director General")."""
    before = story.sentence(mention.sentence).text[: mention.start]
    parts = before.split(" ")
    while len(parts) > 1 and parts[-1] == "" and fold(parts[-2]) in _TITLE_WORDS:
        parts = [*parts[:-2], ""]
    left = " ".join(parts)
    if left == before:
        return left
    owner = re.sub(r"(?:’s|'s)? $", "", left)
    other = next((one for one in story.names[mention.sentence - 1] if one.end == len(owner) and one.kind is not Kind.PERSON), None)
    return owner[: other.start] if other else left


def _acts(after: str) -> bool:
    """Whether a verb, or an aside and then a verb, follows the name."""
    rest = _LIES.sub("", re.sub(r"^(?:’s|'s) .*|^ \([^()]*\)", "", after))
    closing = rest.split(",")[1].split() if rest.startswith(",") and rest.count(",") == 1 else []
    rest = rest[1:] if closing and g.is_finite(closing[0].casefold()) else re.sub(r"^, [^,]*,", "", rest)
    following: list[str] = re.findall(r"[\w’'-]+|[,;.]", rest)[:4]
    for word, next_word in pairwise([*following, ""]):
        plain = word.casefold()
        takes_object = word.islower() and word.endswith("s") and (next_word in g.DETERMINERS or next_word.isdigit())
        if g.is_finite(plain) or g.is_plain_verb(plain) or plain in SAYING or takes_object:
            return True
        if plain in g.PREPOSITIONS or word in {",", ";", "."} or plain in {"and", "or"}:
            return plain == "and"
        if not (g.is_adverb(plain) or g.is_time(plain) or plain in _ITS_PEOPLE):
            return False  # the name tells what follows from others ("the Veldmar attention", "Norlund's director")
    return False


def _says_what(story: Story, mention: Mention) -> bool:
    text = story.sentence(mention.sentence).text
    if _apposition(text, mention):
        return True
    before, after = text[: mention.start].split(), text[mention.end : mention.end + 2]
    return mention.kind is Kind.PERSON and bool(before) and before[-1] in _TRADES and after not in {"’s", "'s"}


def _apposition(text: str, mention: Mention) -> str:
    """What words after a comma say the named one is; empty where they begin the clause ("According to Lee, a bus was …")."""
    match = _APPOSITION.match(text[mention.end :])
    if match is None or (_INTRODUCED.search(text[: mention.start]) and not _CLOSED.match(text[mention.end :])):
        return ""
    return match["what"]


def _tail(story: Story, group: Group) -> str:
    """A few words that tell it from others: its role or place as the article says, else what kind of thing it is."""
    for mention in group.mentions:
        text = story.sentence(mention.sentence).text
        if group.kind is Kind.PERSON and (role := _role(text, mention)):
            return role
    for mention in group.mentions:
        if place := _place_after(story, story.sentence(mention.sentence).text, mention, group.kind):
            return place
    return group.kind.value if group.kind else ""


def _role(text: str, mention: Mention) -> str:
    if what := _apposition(text, mention):
        first, _, rest = what.partition(" of ")
        words = re.split(r"\b(?:who|in|at|from|for|with|to|on|and)\b", first)[0].split()
        if words and fold(words[-1]) in _HELD:
            return _told_role(words, f" of {rest}" if rest and words[-1] == first.split()[-1] else "")
    before = text[: mention.start].rstrip(" ,").split()
    if before and fold(before[-1]) in _HELD and before[-1] not in _ADJECTIVES:
        return _told_role(before[-TAIL_WORDS - 1 :], "")
    return ""


def _told_role(words: Sequence[str], after: str) -> str:
    """The role with the word that tells it from others, where that is whole; "member" alone tells nothing."""
    role = words[-1]
    if match := _OF_NAME.match(after) if fold(role) in _WEAK else None:
        return f"{role} of {match['name']}"
    before = words[-2] if len(words) > 1 else ""
    # "New Democrat MP": half of a name before it would be another party.
    halved = len(words) > TAIL_WORDS and words[-3][:1].isupper() and before[:1].isupper() and not words[-3].endswith(("’s", "'s"))
    tells = before[-1:].isalpha() and fold(before) not in _TELL_NOTHING
    if tells and not halved and (before[:1].isupper() or "-" in before):
        return f"{before} {role}"
    return "" if fold(role) in _WEAK else role


def _place_after(story: Story, text: str, mention: Mention, kind: Kind | None) -> str:
    """The place an organisation or a town is in, or what a person is of."""
    sought = {Kind.PERSON: {Kind.ORGANISATION, Kind.PLACE}}.get(kind or Kind.PLACE, {Kind.PLACE})
    for other in story.names[mention.sentence - 1]:
        if len(other.text.split()) > TAIL_WORDS or places().country_of(other.text):
            continue
        between = _OF_WHAT if kind is Kind.PERSON else _IN_WHAT
        if other.kind in sought and between.fullmatch(text[mention.end : other.start]):
            return other.text
    return ""


def _aliases(group: Group) -> tuple[Alias, ...]:
    found: dict[str, Alias] = {}
    for mention in group.mentions:
        if fold(mention.text) != fold(group.name) and not places().country_of(mention.text):
            found.setdefault(fold(mention.text), Alias(mention.text, f"sentence {mention.sentence}"))
    return tuple(found.values())


def _relations(story: Story, at: int, slugs: Mapping[int, str], facts: Sequence[Drafted]) -> Iterator[Relation]:
    """Cited lines in which a word of kinship, rank or part stands between it and another."""
    seen: set[int] = set()
    for fact in facts:
        for other in story.groups(fact.number):
            name = story.gathered.groups[other].name
            here = [m for m in story.names[fact.number - 1] if story.group_of[m] in (at, other) and m.text in fact.line.text]
            if other == at or other in seen or other not in slugs or len(seen) == RELATIONS_MAX:
                continue
            if any(_relates(story.sentence(fact.number).text, one, two) for one in here for two in here if one.end <= two.start):
                seen.add(other)
                yield Relation(slugs[other], name, fact.line)


def _relates(text: str, one: Mention, two: Mention) -> bool:
    between = text[one.end : two.start]
    return one.text != two.text and len(between) < 60 and bool(_RELATING.search(between))


def _not_the_same(story: Story, at: int, slugs: Mapping[int, str]) -> Iterator[NotTheSame]:
    for edge in story.gathered.apart:
        if at not in (edge.one, edge.other):
            continue
        other = edge.other if at == edge.one else edge.one
        drafted = apart_line(story, edge)
        if other in slugs and drafted is not None:
            yield NotTheSame(slugs[other], story.gathered.groups[other].name, drafted.line)
