"""The `Reports` port over SQL: what readers found wrong, and what came of it."""

from datetime import datetime
from json import dumps
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from adapters.storage.bodies import askable, body, micros, moment, read, short_id
from adapters.storage.engine import Engine
from adapters.storage.tables_desk import REPORT, REPORT_NUMBER
from briefs.digest import Place
from briefs.report import Report

_C = REPORT.c


class SqlReports:
    """See the port."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def put(self, report: Report) -> int:
        """See the port."""
        return await self._engine.write(_put, report)

    async def report(self, number: int) -> Report | None:
        """See the port."""
        return await self._engine.read(_of_number, number)

    async def open(self, limit: int) -> tuple[Report, ...]:
        """See the port."""
        return await self._engine.read(_open, limit)

    async def answer(self, number: int, by: str, answer: str, at: datetime) -> Report | None:
        """See the port."""
        return await self._engine.write(_answer, number, by, answer, at)

    async def of(self, space: str, user: str, limit: int) -> tuple[Report, ...]:
        """See the port."""
        return await self._engine.read(_of, space, user, limit)

    async def forget(self, space: str, user: str) -> int:
        """See the port."""
        return await self._engine.write(_forget, space, user)

    async def expire(self, before: datetime) -> int:
        """See the port."""
        return await self._engine.write(_expire, before)


def _put(connection: Connection, report: Report) -> int:
    r = report
    token = short_id(dumps((r.user, r.brief, r.line, r.said)))
    known = connection.scalar(select(_C.number).where(_C.space == r.place.space, _C.token == token))
    if known is not None:
        return int(known)
    number = _next_number(connection)
    # Half a surrogate pair, which a chat may send, is no text an engine can hold.
    texts = {name: askable(getattr(r, name)) for name in ("user", "brief", "line", "said", "answer", "answered_by")}
    moments = {"at": micros(r.at), "answered": None if r.answered is None else micros(r.answered)}
    where = {"space": r.place.space, "channel": r.place.channel}
    connection.execute(insert(REPORT).values(number=number, refs=body(r.refs), token=token, **where, **texts, **moments))
    return number


def _next_number(connection: Connection) -> int:
    """A number that no report has or had; of those given out the last one is kept."""
    number = connection.execute(insert(REPORT_NUMBER).values().returning(REPORT_NUMBER.c.number)).scalar_one()
    connection.execute(delete(REPORT_NUMBER).where(REPORT_NUMBER.c.number < number))
    return int(number)


def _of_number(connection: Connection, number: int) -> Report | None:
    row = connection.execute(select(REPORT).where(_C.number == number)).first()
    return None if row is None else _report(row)


def _open(connection: Connection, limit: int) -> tuple[Report, ...]:
    query = select(REPORT).where(_C.answered.is_(None)).order_by(_C.number).limit(max(limit, 0))
    return tuple(map(_report, connection.execute(query)))


def _answer(connection: Connection, number: int, by: str, answer: str, at: datetime) -> Report | None:
    values = {"answered_by": askable(by), "answer": askable(answer), "answered": micros(at)}
    this = update(REPORT).where(_C.number == number, _C.answered.is_(None)).values(values)
    return _of_number(connection, number) if connection.execute(this).rowcount else None


def _of(connection: Connection, space: str, user: str, limit: int) -> tuple[Report, ...]:
    query = select(REPORT).where(_C.space == space, _C.user == askable(user)).order_by(_C.number.desc()).limit(max(limit, 0))
    return tuple(map(_report, connection.execute(query)))


def _forget(connection: Connection, space: str, user: str) -> int:
    return connection.execute(delete(REPORT).where(_C.space == space, _C.user == askable(user))).rowcount


def _expire(connection: Connection, before: datetime) -> int:
    return connection.execute(delete(REPORT).where(_C.answered < micros(before))).rowcount


def _report(row: Any) -> Report:
    return Report(
        Place(row.space, row.channel),
        row.user,
        row.brief,
        row.line,
        read(tuple[str, ...], row.refs),
        row.said,
        moment(row.at),
        row.answer,
        row.answered_by,
        None if row.answered is None else moment(row.answered),
        row.number,
    )
