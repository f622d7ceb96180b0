"""Words that tell what a capitalised word is: no name at all, or the name of an organisation, a place, a person, a people."""

from typing import Final

from briefs.reading.word_lists import word_set

# Written with a capital at the head of a sentence, and no names. All in this file are folded.
OPENERS: Final = word_set(
    """
    a an the this that these those there here he she it they we you i his her its their our your my mine him them us me who whom
    whose what which when where why how if unless whether because since as while although though until till after before during
    despite in on at by for from with without within into onto over under above below between among amid against about across along
    around behind beneath beside besides beyond near off out outside inside past per through throughout to toward towards up upon
    via like unlike and but or nor so yet not no never none nobody nothing neither either both each every any some all most many
    much more less fewer few several such same other others another one two three four five six seven eight nine ten eleven twelve
    dozens hundreds thousands millions billions half first second third last next then now today yesterday tomorrow tonight once
    again also too even still just only already soon later earlier meanwhile however moreover furthermore nevertheless nonetheless
    therefore thus hence instead otherwise indeed perhaps maybe apparently reportedly allegedly clearly according following
    regarding concerning including given based asked speaking writing citing meeting being having doing is are was were be been am
    do does did has have had will would shall should can could may might must let lets please yes well oh ok okay sorry thanks thank
    dear officials authorities police residents experts critics analysts witnesses scientists researchers voters students teachers
    workers doctors lawyers prosecutors investigators activists protesters demonstrators opponents supporters observers sources
    reports people women men children families parents victims survivors passengers rescuers firefighters soldiers troops forces
    fighters rebels militants gunmen attackers everyone everybody everything someone somebody something anyone anybody anything
    whoever whatever whichever whenever wherever local national international federal regional state foreign domestic political
    economic military medical public private special social new old young early late recent former current previous final main major
    key top senior chief leading high low big small large great good bad long short hard easy full open close free true real likely
    unlikely certain sure similar different various numerous additional further overall part parts members leaders groups countries
    nations companies governments ministers lawmakers politicians opposition rights news media photo photos image images video file
    credit picture advertisement related read see watch listen share comment story update breaking exclusive analysis opinion
    editorial interview review background timeline note correction editor january february march april may june july august
    september october november december jan feb mar apr jun jul aug sept sep oct nov dec monday tuesday wednesday thursday friday
    saturday sunday mon tue wed thu fri sat sun spring summer autumn winter easter christmas am pm gmt utc est bst cet whereas
    thereafter afterwards afterward eventually finally initially originally previously recently currently formerly ultimately
    additionally consequently subsequently similarly likewise alternatively specifically particularly especially generally usually
    often sometimes always rarely hardly barely almost nearly roughly approximately about exactly simply merely fortunately
    unfortunately sadly interestingly surprisingly importantly notably together apart aside elsewhere nowhere somewhere everywhere
    amongst alongside because rather regardless notwithstanding thanks due owing prior whilst plus minus versus attacks attack talks
    war peace security oil gas prices health life work time day week month year night morning evening
    """
)
# Written with a capital in titles and quotations, and never the beginning of a name.
SMALL: Final = word_set(
    """
    a an the this that these those he she it they we you i his her its their our your my and but or nor so in on at by for from with
    to of as if when while who what which where why how is are was were be been not no yes mr mrs ms
    """
) - {"mr", "mrs", "ms"}
MONTHS_AND_DAYS: Final = word_set(
    """
    january february march april may june july august september october november december monday tuesday wednesday thursday friday
    saturday sunday jan feb mar apr jun jul aug sept sep oct nov dec am pm gmt utc est edt pst bst cet cest bc ad bce ce
    """
)
# Openers that begin names as well, where another capital follows.
ALSO_IN_NAMES: Final = word_set(
    """
    new national international federal people peoples first high free great social world general public central foreign military
    supreme private health peace security children women men doctors workers students teachers major black old young long true state
    local medical oil home easter december october black next big little good police news media photo daily family special
    """
)
# Peoples, faiths, parties and languages: names, but of no single thing.
PEOPLES: Final = word_set(
    """
    muslim muslims islam islamic islamist islamists shia shiite shiites shias sunni sunnis christian christians jewish jew jews
    judaism hindu hindus buddhist buddhists sikh sikhs catholic catholics protestant protestants orthodox anglican evangelical
    evangelicals mormon mormons atheist kurd kurds kurdish arab arabs arabic persian persians tamil tamils pashtun pashtuns uyghur
    uyghurs uighur uighurs rohingya hazara hazaras yazidi yazidis druze alawite alawites hutu hutus tutsi tutsis maori aboriginal
    roma gypsy berber berbers zulu hausa igbo yoruba tibetan tibetans chechen chechens tatar tatars cossack hispanic hispanics
    latino latinos asian asians african africans european europeans caucasian western eastern northern southern english spanish
    french german latin hebrew farsi urdu hindi mandarin cantonese pashto republican republicans democrat democrats democratic
    labour tory tories conservative conservatives liberal liberals communist communists socialist socialists nazi nazis marxist
    zionist zionists bolshevik soviet jihadist jihadi salafi salafist wahhabi ottoman byzantine
    """
)
# The last word of an organisation's name, or the one before "of".
ORGANISATION_WORDS: Final = word_set(
    """
    ministry department agency bureau office commission committee council board authority administration government parliament
    senate congress assembly house court tribunal police army navy force forces guard guards corps corp brigade brigades battalion
    regiment division militia resistance movement front party coalition alliance union league federation confederation association
    organization organisation society institute institution university college school academy foundation fund trust charity church
    mosque synagogue company corporation inc ltd plc llc gmbh group holdings industries systems technologies technology
    pharmaceuticals motors airlines airways bank bancorp insurance capital partners associates enterprises entertainment studios
    records pictures productions media press times post tribune herald gazette guardian telegraph journal news newspaper
    broadcasting network television tv radio channel magazine weekly observer chronicle globe review monitor team club fc united
    athletic rovers wanderers orchestra choir ballet opera watch international network initiative project service services center
    centre hospital clinic laboratory laboratories observatory secretariat treasury cabinet exchange federation jihad brotherhood
    legion cartel syndicate mafia triad museum gallery library theatre theater directorate command headquarters task taskforce squad
    lines railways railroad ferries mills mines stores foods brands labs shipping steel energy logistics shipyard shipyards
    unit scouts knights daughters sons brothers sisters workers farmers teachers editors
    """
)
# "People's Army", "Workers' Party": the possessive is part of the name.
OWNERS: Final = word_set(
    """
    people peoples women womens children childrens men workers lord lords veterans mothers teachers farmers students
    """
)
# These may head a longer name: "Bank of …", "Doctors for …".
HEADS_BEFORE_OF: Final = (
    ORGANISATION_WORDS
    | word_set(
        """
    gulf strait straits bay sea cape isle isles island islands horn republic kingdom state states city town county province district
    mount lake port university organisation organization secretariat embassy doctors reporters physicians friends people peoples
    lords commons representatives liberation centers centres institutes daughters sons war battle treaty declaration day order
    """
    )
) - word_set(
    """
    police air times post press news media tv radio channel team club united group forces guards watch
    """
)
# After these, "in" and a country go on with the name: "the Awakening Movement in Iraq".
HEADS_BEFORE_IN: Final = word_set(
    """
    resistance movement front state jihad brotherhood council coalition mission embassy league party
    """
)
PLACE_WORDS: Final = word_set(
    """
    river sea ocean lake gulf bay strait straits channel canal island islands isle isles peninsula desert valley mountain mountains
    mount hills hill heights forest basin delta plateau coast beach harbor harbour port city town village county province district
    region territory territories republic kingdom state states emirate governorate oblast prefecture road street avenue boulevard
    square park bridge airport airfield airbase stadium station palace castle tower towers plaza prison camp base border crossing
    zone strip bank green reef falls springs creek canyon ridge rock cape point building house memorial cemetery cathedral
    """
) - word_set("house bank state states")
OTHER_WORDS: Final = word_set(
    """
    war wars cup olympics games festival award awards prize act bill law treaty agreement accord accords deal pact day week month
    year revolution uprising spring intifada championship championships tournament series open prix masters marathon election
    elections convention conference summit expo convention constitution amendment code protocol resolution charter declaration
    program programme project operation plan crisis conflict disaster scandal affair case trial inquiry report bible koran quran
    torah koran movie film album song book novel
    """
)
# Small words after a name that say it is an organisation's.
GROUP_NOUNS: Final = word_set(
    """
    militia militias militiamen rebels rebel fighters militants insurgents group groups movement party faction forces gunmen
    terrorists organisation organization company firm newspaper magazine website network broadcaster agency airline bank gang cartel
    spokesman spokeswoman spokesperson officials leadership headquarters news shares employees militant cult sect
    """
)
GOVERNMENT_NOUNS: Final = word_set("administration government regime parliament army navy military cabinet junta")
LED: Final = word_set(
    """
    backed run led based born style era held controlled owned funded linked aligned sponsored made trained supported occupied allied
    dominated ruled affiliated inspired armed language speaking wide bound American British
    """
)
BEFORE_HYPHEN: Final = word_set("pro anti ex non then post pre mid trans former neo half self")
SPEAKING: Final = word_set(
    """
    said says say told tells added adds wrote writes argued argues claimed claims warned warns explained explains noted notes
    insisted insists denied denies confirmed confirms announced announces tweeted posted replied replies asked asks stated states
    commented recalled believes thinks thought testified admitted acknowledged suggested suggests declared vowed promised urged
    """
)
PLACE_PREPOSITIONS: Final = word_set("in near outside")
