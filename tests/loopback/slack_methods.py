"""The Web API methods of the loopback Slack: what each does to the world, and what it refuses."""

import math
from base64 import b64decode, b64encode
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from tests.loopback.slack_blocks import VIEW_BLOCKS, wrong_with
from tests.loopback.slack_files import info
from tests.loopback.slack_triggers import Triggers
from tests.loopback.slack_world import Channel, SlackSays, Workspace, World
from tests.loopback.slack_written import unpacked, written

EDIT_TEXT_MAX = 4_000
PAGE = 100  # messages of a page that asks for no number
PAGE_MAX = 1_000
HISTORY = {"public": "channels:history", "private": "groups:history", "im": "im:history"}
READ = {"public": "channels:read", "private": "groups:read", "im": "im:read"}


class Methods:
    """The methods by name; each takes the workspace and the arguments and returns the body of the answer."""

    def __init__(self, world: World, triggers: Triggers, history_most: Callable[[str], int]) -> None:
        self._world, self._triggers, self._history_most = world, triggers, history_most
        self.by_name: dict[str, Callable[[Workspace, dict[str, Any]], dict[str, Any]]] = {
            "auth.test": self._auth_test,
            "chat.postMessage": self._post,
            "bots.info": self._bot,
            "chat.update": self._update,
            "chat.delete": self._delete,
            "chat.postEphemeral": self._whisper,
            "conversations.history": self._history,
            "conversations.info": self._info,
            "conversations.open": self._open,
            "files.info": info,
            "users.info": self._user,
            "views.open": self._view_open,
            "views.update": self._view_update,
            "views.publish": self._view_publish,
        }

    def _auth_test(self, space: Workspace, args: dict[str, Any]) -> dict[str, Any]:
        return {"ok": True, "url": "http://127.0.0.1/", "team": space.team, "user": "standfirst", "team_id": space.team,
                "user_id": space.bot_user, "bot_id": space.bot_id, "is_enterprise_install": False}  # fmt: skip

    def _post(self, space: Workspace, args: dict[str, Any]) -> dict[str, Any]:
        _needs(space, "chat:write")
        asked = args.get("channel", "")
        channel = self._dm(space, asked) if asked in space.users else _member(space, asked, public="chat:write.public")
        message = written(space, args)
        if args.get("thread_ts"):
            message["thread_ts"] = args["thread_ts"]
        event = self._world.note({"do": "post", "team": space.team, "channel": channel.id, "message": message})
        return {"ok": True, "channel": channel.id, "ts": event["message"]["ts"], "message": event["message"]}

    def _update(self, space: Workspace, args: dict[str, Any]) -> dict[str, Any]:
        _needs(space, "chat:write")
        if str(args.get("channel", "")).startswith("U"):
            raise SlackSays("channel_not_found")  # only a post goes to a person's own id
        channel, ts = _member(space, args.get("channel", "")), args.get("ts", "")
        old = next((m for m in channel.messages if m["ts"] == ts), None)
        if old is None:
            raise SlackSays("message_not_found")
        if old["user"] != space.bot_user:
            raise SlackSays("cant_update_message")
        if len(args.get("text") or "") > EDIT_TEXT_MAX:
            raise SlackSays("msg_too_long")
        message = written(space, args)
        if args.get("parse") != "none":  # an edit that does not say so falls back to looking for names and links
            message["parsed"] = args.get("parse") or "client"
        self._world.note({"do": "edit", "team": space.team, "channel": channel.id, "ts": ts, "message": message})
        return {"ok": True, "channel": channel.id, "ts": ts, "text": message["text"], "message": message}

    def _delete(self, space: Workspace, args: dict[str, Any]) -> dict[str, Any]:
        _needs(space, "chat:write")
        channel, ts = _member(space, args.get("channel", "")), args.get("ts", "")
        old = next((m for m in channel.messages if m["ts"] == ts), None)
        if old is None:
            raise SlackSays("message_not_found")
        if old["user"] != space.bot_user:
            raise SlackSays("cant_delete_message")
        self._world.note({"do": "drop", "team": space.team, "channel": channel.id, "ts": ts})
        return {"ok": True, "channel": channel.id, "ts": ts}

    def _bot(self, space: Workspace, args: dict[str, Any]) -> dict[str, Any]:
        _needs(space, "users:read")
        if args.get("bot") != space.bot_id:
            raise SlackSays("bot_not_found")
        return {"ok": True, "bot": {"id": space.bot_id, "app_id": space.app_id, "name": "standfirst", "user_id": space.bot_user}}

    def _whisper(self, space: Workspace, args: dict[str, Any]) -> dict[str, Any]:
        _needs(space, "chat:write")
        channel, user = _member(space, args.get("channel", ""), public="chat:write.public"), args.get("user", "")
        if user not in channel.members:
            raise SlackSays("user_not_in_channel")
        message = written(space, args) | {"channel": channel.id, "to": user}
        event = self._world.note({"do": "whisper", "team": space.team, "message": message})
        return {"ok": True, "message_ts": event["message"]["ts"]}

    def _history(self, space: Workspace, args: dict[str, Any]) -> dict[str, Any]:
        channel = _member(space, args.get("channel", ""), reading=True)
        _needs(space, HISTORY[channel.kind])
        oldest, latest = args.get("oldest") or "0", args.get("latest") or "9999999999.999999"
        inclusive = str(args.get("inclusive", "")) in {"1", "true", "True"}
        limit = min(int(args.get("limit") or PAGE), PAGE_MAX, self._history_most(space.team) or PAGE_MAX)
        try:
            begins = float(b64decode(args["cursor"])) if args.get("cursor") else math.inf
        except ValueError:
            raise SlackSays("invalid_cursor") from None
        seen = [m for m in channel.messages if m.get("thread_ts") in {None, m["ts"]} and _within(m["ts"], oldest, latest, inclusive)]
        seen = [m for m in seen if float(m["ts"]) <= begins]
        page, rest = seen[::-1][:limit], seen[::-1][limit:]
        shown = page if str(args.get("include_all_metadata", "")) in {"1", "true", "True"} else [_bare(m) for m in page]
        more = {"response_metadata": {"next_cursor": b64encode(rest[0]["ts"].encode()).decode()}} if rest else {}
        return {"ok": True, "messages": shown, "has_more": bool(rest), "pin_count": 0, **more}

    def _info(self, space: Workspace, args: dict[str, Any]) -> dict[str, Any]:
        channel = space.channel(args.get("channel", ""))
        if channel.kind == "private" and space.bot_user not in channel.members:
            raise SlackSays("channel_not_found")
        _needs(space, READ[channel.kind])
        return {"ok": True, "channel": _shown(space, channel)}

    def _open(self, space: Workspace, args: dict[str, Any]) -> dict[str, Any]:
        _needs(space, "im:write")
        return {"ok": True, "channel": {"id": self._dm(space, args.get("users", "")).id}}

    def _user(self, space: Workspace, args: dict[str, Any]) -> dict[str, Any]:
        _needs(space, "users:read")
        if args.get("user") not in space.users:
            raise SlackSays("user_not_found")
        user = {"is_admin": False, "is_owner": False, "tz": "Europe/London"} | space.users[args["user"]]
        if str(args.get("include_locale", "")) not in {"1", "true", "True"}:
            user.pop("locale", None)
        return {"ok": True, "user": user}

    def _view_open(self, space: Workspace, args: dict[str, Any]) -> dict[str, Any]:
        self._triggers.use(args.get("trigger_id", ""), space.team)
        return self._viewed(space, {"id": f"V{uuid4().hex[:9]}"} | _view(args), "modal")

    def _view_update(self, space: Workspace, args: dict[str, Any]) -> dict[str, Any]:
        view = next((v for v in space.modals.values() if v["id"] == args.get("view_id") or _same(v, args.get("external_id"))), None)
        if view is None:
            raise SlackSays("not_found")
        if args.get("hash") and args["hash"] != view["hash"]:
            raise SlackSays("hash_conflict")
        return self._viewed(space, {"id": view["id"]} | _view(args), "modal")

    def _view_publish(self, space: Workspace, args: dict[str, Any]) -> dict[str, Any]:
        user = args.get("user_id", "")
        if user not in space.users:
            raise SlackSays("user_not_found")
        return self._viewed(space, {"id": f"V{user}"} | _view(args, home=True), "home", user=user)

    def _viewed(self, space: Workspace, view: dict[str, Any], kind: str, **more: str) -> dict[str, Any]:
        view = view | {"hash": uuid4().hex[:10], "team_id": space.team}
        self._world.note({"do": kind, "team": space.team, "view": view, **more})
        return {"ok": True, "view": view}

    def _dm(self, space: Workspace, user: str) -> Channel:
        if user not in space.users:
            raise SlackSays("user_not_found")
        if space.users[user].get("deleted"):
            raise SlackSays("user_disabled")
        if f"D{user}" not in space.channels:
            members = [user, space.bot_user]
            self._world.note({"do": "channel", "team": space.team, "id": f"D{user}", "kind": "im", "members": members})
        return space.channels[f"D{user}"]


def _needs(space: Workspace, scope: str) -> None:
    if scope not in space.scopes:
        raise SlackSays("missing_scope", needed=scope, provided=",".join(sorted(space.scopes)))


def _member(space: Workspace, channel_id: str, *, public: str = "", reading: bool = False) -> Channel:
    """The channel, where the bot is in it, or it is public and the bot has the scope that does without."""
    channel = space.channel(channel_id)
    if space.bot_user not in channel.members:
        if channel.kind != "public":
            raise SlackSays("channel_not_found")  # what it may not see does not exist
        if public not in space.scopes:
            raise SlackSays("not_in_channel")
    if channel.archived and not reading:
        raise SlackSays("is_archived")
    return channel


def _within(ts: str, oldest: str, latest: str, inclusive: bool) -> bool:
    moment, after, before = float(ts), float(oldest), float(latest)
    return after <= moment <= before if inclusive else after < moment < before


def _bare(message: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in message.items() if name != "metadata"}


def _same(view: dict[str, Any], external: str | None) -> bool:
    return bool(external) and view.get("external_id") == external


def _shown(space: Workspace, channel: Channel) -> dict[str, Any]:
    kinds = {"is_channel": channel.kind == "public", "is_private": channel.kind != "public", "is_im": channel.kind == "im"}
    return {"id": channel.id, "name": channel.id.lower(), "is_archived": channel.archived,
            "is_member": space.bot_user in channel.members, **kinds}  # fmt: skip


def _view(args: dict[str, Any], *, home: bool = False) -> dict[str, Any]:
    view = unpacked(args.get("view")) or {}
    wrong = wrong_with(view.get("blocks"), VIEW_BLOCKS)
    if view.get("type") != ("home" if home else "modal"):
        wrong.append(f"a view of type {view.get('type')!r}")
    for name, most in (("callback_id", 255), ("private_metadata", 3_000), ("external_id", 255)):
        if len(view.get(name) or "") > most:
            wrong.append(f"{name} is longer than {most}")
    if not home:
        for name in {"title", *({"submit", "close"} & set(view))}:
            if not 1 <= len((view.get(name) or {}).get("text", "")) <= 24:
                wrong.append(f"{name} is not a text of 1 to 24 characters")
    if wrong:
        raise SlackSays("invalid_arguments", response_metadata={"messages": wrong})
    return dict(view)
