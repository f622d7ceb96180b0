"""Words that stand before a person's name and are no part of it: honorifics, offices, ranks, trades."""

from typing import Final

from briefs.reading.given_names import Sex
from briefs.reading.word_lists import word_set

# All folded.
HONORIFICS: Final = {
    **dict.fromkeys(
        (
            "mr",
            "sir",
            "messrs",
            "king",
            "prince",
            "emperor",
            "sultan",
            "lord",
            "brother",
            "father",
            "pope",
            "duke",
            "baron",
            "comte",
            "count",
        ),
        Sex.MALE,
    ),
    **dict.fromkeys(
        ("mrs", "ms", "miss", "madam", "madame", "queen", "princess", "empress", "lady", "dame", "sister", "baroness", "duchess"),
        Sex.FEMALE,
    ),
    **dict.fromkeys(
        ("dr", "prof", "professor", "mx", "rev", "reverend", "hon", "saint", "sheikh", "sayyid", "sayyed", "sayed"), Sex.UNKNOWN
    ),
}
# These go with a given name, so that "Prince William" is nobody's surname.
REGAL: Final = frozenset({"king", "queen", "prince", "princess", "pope", "emperor", "empress", "saint", "sultan", "emir"})
NOBLE: Final = frozenset(
    {"comte", "count", "duke", "baron", "earl", "lord", "marquis", "prince", "viscount", "countess", "duchess", "baroness"}
)
# Offices and ranks, also written with a capital before a name.
OFFICES: Final = word_set(
    """
    president premier chancellor minister secretary senator sen congressman congresswoman representative rep governor gov mayor
    ambassador envoy speaker chairman chairwoman chair commissioner director administrator chief ceo deputy vice judge justice
    attorney prosecutor counsel sheriff marshal councillor councilman councilwoman mp mep lawmaker deputy treasurer general gen
    colonel col major maj captain capt lieutenant lt sergeant sgt corporal private admiral adm brigadier commander cmdr commodore
    field commandant officer constable inspector superintendent detective ayatollah imam mullah sheikh rabbi archbishop bishop
    cardinal pastor patriarch reverend canon crown prime secretary-general spokesperson spokesman spokeswoman coach emeritus dean
    editor professor lieutenant emir shah caliph taoiseach tsar czar kaiser viceroy count countess earl viscount
    """
)
# Words of lower case that say what somebody is, before the name or in an apposition.
ROLES: Final = word_set(
    """
    leader commander founder co-founder cofounder creator dictator politician lawmaker activist author writer novelist poet
    journalist reporter correspondent columnist presenter editor publisher actor actress comedian singer songwriter musician rapper
    composer artist painter photographer sculptor director producer filmmaker scientist physicist chemist biologist economist
    historian researcher analyst expert strategist adviser advisor aide official officer diplomat envoy negotiator lawyer barrister
    solicitor doctor physician nurse surgeon psychologist therapist teacher lecturer student pupil coach manager captain player
    striker goalkeeper defender midfielder forward driver rider boxer swimmer runner skier golfer champion astronaut cosmonaut pilot
    engineer entrepreneur businessman businesswoman billionaire tycoon executive chairman chairwoman president minister premier
    monarch candidate nominee contender rival spokesman spokeswoman spokesperson representative secretary survivor victim suspect
    gunman defendant convict prisoner detainee whistleblower witness resident farmer worker soldier general colonel sergeant mother
    father brother sister son daughter wife husband widow grandson granddaughter uncle cousin nephew niece friend neighbour neighbor
    colleague coauthor co-author curator cleric preacher priest imam warlord militant jihadist lobbyist banker investor trader chef
    designer architect model host star veteran attorney judge prosecutor senator governor mayor sheriff member chief head boss
    organiser organizer campaigner woman man boy girl teenager native
    """
)
TITLES: Final = frozenset({*HONORIFICS, *OFFICES, *ROLES, "former", "acting", "incoming", "outgoing", "then", "late", "ex"})
# Titles that are surnames and given names as well: titles only where nothing but titles stands before them.
NAME_TITLES: Final = word_set(
    """
    king prince pope duke baron earl marshal major judge justice dean bishop canon count field page abbot sheikh sultan emir imam
    shah lord saint father brother cardinal
    """
)
# Words that belong to an office when they stand before one: "Foreign Minister", "Deputy Prime Minister".
PORTFOLIOS: Final = word_set(
    """
    foreign defence defense home interior finance health environment energy justice education treasury state prime deputy vice
    shadow chief acting attorney lieutenant brigadier major rear staff first lord crown grand special associate assistant under
    permanent opposition house senate majority minority security national transport transportation trade labor labour agriculture
    culture sports housing commerce press police fire external internal affairs brexit climate oil petroleum electricity water
    planning information former emeritus executive managing general supreme presidential white army navy air force and of the for
    pacific central
    """
)
