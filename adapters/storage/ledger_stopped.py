"""What becomes of deliveries whose edition runs no longer: it was forgotten, or it rests."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, case, select, update

from adapters.storage.bodies import micros
from adapters.storage.bulk import Key, among, giving
from adapters.storage.ledger_read import PENDING
from adapters.storage.tables import DELIVERY, SUBSCRIPTION
from briefs.digest import DeliveryState, Skipped, Unknown

UNSUBSCRIBED: Final = "unsubscribed"
CUT_OFF: Final = "it may have arrived before, and nobody looks whether it did"

_C = DELIVERY.c
_S = SUBSCRIPTION.c


def resting(reason: str) -> str:
    """Why nothing is posted of an edition that rests for that reason."""
    return f"paused: {reason}"


def unposted(why: str, tries: int) -> Skipped | Unknown:
    """What a delivery is settled as that is not to be posted any more.

    Args:
        why: `UNSUBSCRIBED`, or as `resting` says it.
        tries: those that were cut off. After one nobody knows whether the post arrived: called skipped, the edition
            could be owed, and posted, once more.
    """
    return Unknown(f"{CUT_OFF}: {why}") if tries else Skipped(why)


def stopped(connection: Connection, editions: Collection[Key]) -> dict[Key, str]:
    """Why, for those of the editions (a space, a channel and a name) that do not run now."""
    if not editions:
        return {}
    query = select(_S.space, _S.channel, _S.name, _S.paused).where(among(connection.dialect.name, _S.space, _S.channel, _S.name))
    paused: dict[Key, str] = {
        (space, channel, name): reason for space, channel, name, reason in connection.execute(query, giving(sorted(editions)))
    }
    return {edition: resting(paused[edition]) if edition in paused else UNSUBSCRIBED for edition in editions if paused.get(edition) != ""}


def forget_progress(connection: Connection, editions: Collection[Key]) -> None:
    """From now on only the ledger can tell how far the readers of those editions have read."""
    if editions:
        these = among(connection.dialect.name, _S.space, _S.channel, _S.name)
        connection.execute(update(SUBSCRIPTION).where(these).values(progress=""), giving(sorted(editions)))


def settle_owed(connection: Connection, editions: Sequence[Key], why: str, now: datetime) -> None:
    """Settle what is owed of those editions and held by nobody, see `unposted`."""
    untried, tried = unposted(why, 0), unposted(why, 1)
    values = {
        "state": case((_C.attempt == 0, DeliveryState.SKIPPED.value), else_=DeliveryState.UNKNOWN.value),
        "reason": case((_C.attempt == 0, untried.reason), else_=tried.reason),
        "settled": micros(now),
    }
    owed = (_C.space == bindparam("of_space"), _C.channel == bindparam("of_channel"), _C.name == bindparam("of_name"), PENDING)
    of = [{"of_space": space, "of_channel": channel, "of_name": name} for space, channel, name in editions]
    connection.execute(update(DELIVERY).where(*owed).values(values), of)
