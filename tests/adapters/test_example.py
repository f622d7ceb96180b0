"""The example adapter's door: who is let in, and who is let go."""

import asyncio

import pytest

from adapters.example.chat import LINE_MAX, WELCOME, ExampleChat
from briefs.digest import Place
from tests.builders import a_message
from tests.contracts.drivers import GREETING, commands_showing

ROOM = Place("example", "room")


@pytest.fixture
async def room():
    chat = ExampleChat("the token", 0)
    async with chat.serve(commands_showing(GREETING)):
        yield chat


async def said(room, sent):
    reader, writer = await asyncio.open_connection("127.0.0.1", room.port)
    writer.write(sent)
    writer.write_eof()
    shown = await asyncio.wait_for(reader.read(), 60)
    writer.close()
    return shown.decode()


async def test_the_token_lets_in(room):
    assert await said(room, b"the token\n/greet\n") == WELCOME + "hello\n"


@pytest.mark.parametrize("token", [b"", b"\n", b"the toke\n", b"THE TOKEN\n", b"\xff\xfe\n", b"the token /greet\n"])
async def test_anything_else_gets_one_sentence(room, token):
    assert await said(room, token + b"/greet\n") == "That is not the token.\n"


async def test_without_a_token_there_is_no_room():
    with pytest.raises(ValueError, match="token"):
        ExampleChat("", 0)


async def test_it_listens_on_this_machine_alone(room):
    with pytest.raises(OSError):
        await asyncio.open_connection("127.0.0.2", room.port)


async def test_broken_letters_and_empty_lines_are_borne(room):
    shown = await said(room, b"the token\r\n\r\n\xff\xfe /x\n   \n/greet\r\n")
    assert "standfirst help" in shown
    assert shown.endswith("hello\n")


@pytest.mark.parametrize("before", [b"", b"the token\n"])
async def test_a_line_without_end_is_let_go(room, before):
    reader, writer = await asyncio.open_connection("127.0.0.1", room.port)
    writer.write(before + b"x" * LINE_MAX * 20)
    assert await asyncio.wait_for(gone(reader), 60)
    writer.close()
    assert await said(room, b"the token\n/greet\n") == WELCOME + "hello\n"


async def gone(reader):
    try:
        return await reader.read() in {b"", WELCOME.encode()}
    except ConnectionResetError:
        return True


async def test_a_client_that_left_does_not_keep_a_post_from_the_others(room):
    _, left = await asyncio.open_connection("127.0.0.1", room.port)
    left.write(b"the token\n/greet\n")
    left.transport.abort()
    reader, writer = await asyncio.open_connection("127.0.0.1", room.port)
    writer.write(b"the token\n/greet\n")
    assert await reader.readline() == WELCOME.encode()
    assert await reader.readline() == b"hello\n"
    await room.publish(ROOM, a_message("Good morning."), "k")
    assert await asyncio.wait_for(reader.readline(), 60) == b"Good morning.\n"
    writer.close()


async def test_who_is_not_let_in_sees_no_post(room):
    reader, writer = await asyncio.open_connection("127.0.0.1", room.port)
    writer.write(b"wrong\n")
    await room.publish(ROOM, a_message("secret"), "k")
    writer.write_eof()
    assert b"secret" not in await asyncio.wait_for(reader.read(), 60)
    writer.close()
