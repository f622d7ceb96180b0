"""What the store says: is it there, whole and newest, what comes next, what did not arrive, what lacks its sentences."""

import errno
import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from adapters.storage.faults import as_storage_down
from adapters.storage.look import Look, Unwell
from adapters.storage.owner import Owner, Work, owner_of
from adapters.storage.schema import HEAD
from adapters.storage.storage import file_of
from bot.doctor.machine import room
from bot.settings import Settings
from briefs.desk.requests import REVIEWS, channel_of
from briefs.digest import DeliveryState, Place, Slot, Subscription
from briefs.errors import StorageDown, shown
from briefs.finding import Finding, Grade, fine, note, wrong
from briefs.pages.wording import plural

OVERDUE: Final = timedelta(minutes=15)  # nothing that goes well is owed for longer, but where a platform asks to wait
LOOKED_BACK: Final = timedelta(days=7)  # what went wrong before that has been seen or never will be
NEXT: Final = 3
NAMED_MAX: Final = 5
_NAMELESS: Final = getattr(os, "O_TMPFILE", 0) | os.O_WRONLY | os.O_CLOEXEC  # a file that no folder ever shows; open(2)
_NO_NAMELESS: Final = {errno.EOPNOTSUPP, errno.ENOTSUP, errno.EISDIR, errno.EINVAL, errno.ENOENT}


def store(file: Path, now: datetime) -> Iterator[Finding]:
    """Everything but what a platform has to be asked for."""
    if file.is_dir():
        yield wrong("Storage", f"{file} is a folder.", f"Name a file in it: STANDFIRST_DATABASE={file / 'standfirst.db'}.")
        return
    if not file.exists():
        if (found := _to_be_made(file)).grade is not Grade.WRONG:
            yield room(file)
        yield found
        return
    yield room(file)
    look = Look(file)
    revision = look.revision()
    yield _stands(look, revision)
    delivering = owner_of(file)
    yield _delivering(delivering)
    if revision == HEAD:
        yield _runs(look, delivering is not None, now)
        yield _deliveries(look.unwell(now, now - OVERDUE, now - LOOKED_BACK))
        yield _briefs(look)


def subscribed(file: Path) -> tuple[Subscription, ...]:
    """Subscriptions that do not rest; none where the store is not there, or not the newest."""
    look = Look(file)
    if not file.exists() or not look.is_newest():
        return ()
    return tuple(subscription for subscription, _ in look.subscriptions()[0])


def reviews(settings: Settings) -> Place | None:
    """The channel reviews go to: where somebody said so in a channel, else what the settings name; None: curators' own chats."""
    file = file_of(settings.database)
    look = Look(file)
    if not file.exists() or not look.is_newest():
        return settings.reviews
    return channel_of(look.note(REVIEWS)) or settings.reviews


def _to_be_made(file: Path) -> Finding:
    folder = next((folder for folder in file.parents if folder.exists()), Path("/"))
    if not folder.is_dir():
        return wrong("Storage", f"{file} cannot be made: {folder} is a file.", "Name another file with STANDFIRST_DATABASE.")
    if not os.access(folder, os.W_OK | os.X_OK):
        mend = f"Give this user the right to write in {folder}, or name another file with STANDFIRST_DATABASE."
        return wrong("Storage", f"{file} cannot be made: {folder} may not be written.", mend)
    if (down := _refused(folder, file)) is not None:
        return wrong("Storage", str(down), "Name another file with STANDFIRST_DATABASE.")
    return note("Storage", f"{file} is not there yet.", "It is made at the first start.")


def _refused(folder: Path, file: Path) -> StorageDown | None:
    """What a start would say, where nothing can be made in that folder whoever asks; found out with a file that has no name."""
    try:
        os.close(os.open(folder, _NAMELESS, 0o600))
    except OSError as error:
        if error.errno not in _NO_NAMELESS:
            return as_storage_down(error, file)
        # Not every disk knows files without a name. What is no disk at all (/proc) has no blocks.
        return None if os.statvfs(folder).f_blocks else as_storage_down(FileNotFoundError(errno.ENOENT, ""), file)
    return None


def _stands(look: Look, revision: str | None) -> Finding:
    file = look.file
    if revision is None:
        return wrong("Storage", f"{file} belongs to another program.", "Name another file with STANDFIRST_DATABASE.")
    if damage := look.damage():
        return wrong("Storage", f"{file} is damaged: {shown(damage)}.", "Put back a backup of it: standfirst restore.")
    if not os.access(file, os.R_OK | os.W_OK) or not os.access(file.parent, os.W_OK | os.X_OK):
        return wrong("Storage", f"{file} may not be written.", "Give this user the right to write to the file and its folder.")
    if revision > HEAD:
        mend = "Install that version, or name another file with STANDFIRST_DATABASE."
        return wrong("Storage", f"{file} was made by a newer Standfirst (revision {shown(revision)}).", mend)
    if revision != HEAD:
        told = f"{file} is of revision {shown(revision) or 'none'}; this version's is {HEAD}."
        return note("Storage", told, "It is brought up to date at the next start; standfirst backup makes a copy first.")
    return fine("Storage", f"{file} ({file.stat().st_size / 1024**2:.1f} MiB) can be written, and is of the newest revision, {HEAD}.")


def _delivering(owner: Owner | None) -> Finding:
    if owner is None:
        return note("Delivering", "No process delivers digests at the moment.", "standfirst run delivers as long as it runs.")
    if owner.number == os.getpid():
        return fine("Delivering", "This process delivers.")
    if owner.work is Work.CHAT:
        told = f"A chat in a terminal (process {owner}) delivers, to the console alone; standfirst run is refused while it is open."
        return note("Delivering", told, "End it with q or Ctrl-D in it, then start standfirst run.")
    return fine("Delivering", f"Process {owner} delivers; another one would be refused.")


def _runs(look: Look, delivering: bool, now: datetime) -> Finding:
    coming, unread = look.subscriptions()
    if unread:
        mend = "Ask for it anew in its channel: /digest subscribe."
        return wrong("Next runs", f"{plural(len(unread), 'digest')} cannot be read: {', '.join(unread[:NAMED_MAX])}.", mend)
    resting = f" {plural(look.resting(), 'digest')} at rest." if look.resting() else ""
    if not coming:
        return note("Next runs", f"No channel has asked for a digest.{resting}", "In a channel: /digest subscribe at:07:30.")
    late = [pair for pair in coming if pair[1].utc < now - OVERDUE]
    if late:
        told = f"{plural(len(late), 'digest')} should have come: {_named(late, now)}."
        mend = "Start standfirst run." if not delivering else "See the log of the process that delivers, and start it again."
        return wrong("Next runs", told, mend)
    return fine("Next runs", f"{_named(coming, now)}; {len(coming)} in all.{resting}")


def _named(pairs: Sequence[tuple[Subscription, Slot]], now: datetime) -> str:
    return "; ".join(f"{_when(slot.utc, s, now)} “{s.name}” in {s.space}/{s.channel}" for s, slot in pairs[:NEXT])


def _when(moment: datetime, subscription: Subscription, now: datetime) -> str:
    there = moment.astimezone(subscription.zone)
    day = "today" if there.date() == now.astimezone(subscription.zone).date() else f"{there:%a} {there.day} {there:%b}"
    return f"{day} {there:%H:%M} {subscription.zone.key}"


def _deliveries(unwell: Sequence[Unwell]) -> Finding:
    if not unwell:
        return fine("Deliveries", f"Nothing is overdue, and all of the last {LOOKED_BACK.days} days arrived.")
    wordings = {DeliveryState.PENDING: "overdue", DeliveryState.UNKNOWN: "unknown", DeliveryState.FAILED: "failed"}
    told = [
        f"{one.count} {wordings[one.state]} in {one.place.space}/{one.place.channel}, last {one.last.astimezone(UTC):%d %b %H:%M} UTC"
        + (f" ({shown(one.reason)})" if one.reason else "")
        for one in unwell[:NAMED_MAX]
    ]
    more = f"; and {len(unwell) - NAMED_MAX} more" if len(unwell) > NAMED_MAX else ""
    return wrong("Deliveries", f"{'; '.join(told)}{more}.", "In each channel, /digest status shows them, and Resend sends one again.")


def _briefs(look: Look) -> Finding:
    articles, briefs = look.counts()
    told = f"{plural(articles, 'article')}, {plural(briefs, 'approved brief')}"
    if lacking := look.without_sentences():
        named = ", ".join(map(shown, lacking[:NAMED_MAX]))
        mend = "Give the articles they rest on once more: standfirst ingest FILE, or put them back into STANDFIRST_LIBRARY."
        return wrong("Briefs", f"{told}; these cite sentences that are not there: {named}.", mend)
    return fine("Briefs", f"{told}; every sentence they cite is there.")
