"""Who may do what, as the settings say."""

import pytest

from briefs.commands.ask import Role
from briefs.commands.rights import Rights, principals
from briefs.errors import BadInput

RIGHTS = Rights(
    curators=principals("discord:11111, slack:T1AA/U1AA"), managers=principals("discord:22222"), operators=principals("discord:33333")
)


@pytest.mark.parametrize(
    ("names", "manages", "roles"),
    [
        pytest.param({"discord:99999"}, False, set(), id="a reader"),
        pytest.param({"discord:99999"}, True, {Role.ADMIN, Role.MANAGER}, id="whom the platform lets manage"),
        pytest.param({"discord:99999", "discord:22222"}, False, {Role.ADMIN, Role.MANAGER}, id="through a role of the platform"),
        pytest.param({"slack:T1AA/U1AA"}, False, {Role.CURATOR}, id="a curator of Slack"),
        pytest.param({"slack:T2AA/U1AA"}, False, set(), id="the same id in another workspace is somebody else"),
        pytest.param({"discord:33333"}, False, {Role.OPERATOR, Role.ADMIN, Role.MANAGER}, id="an operator"),
    ],
)
def test_roles(names, manages, roles):
    assert RIGHTS.roles(names, manages=False, administers=manages) == roles


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("anna", "“anna” names nobody. Write discord:ID"),
        ("@everyone", "names nobody. Write discord:ID"),
        ("discord:anna", "after discord: stand 17 to 20 digits and nothing else"),
        ("discord:", "after discord: stand 17 to 20 digits"),
        ("discord:123", "one has 17 to 20 digits, this one has 3."),
        (f"discord:{'1' * 21}", "one has 17 to 20 digits, this one has 21."),
        ("discord:1111; discord:2222", "“discord:1111;” is no id of Discord's"),
        ("slack:U1AA", "Write slack:TEAM/USER in capitals and digits"),
    ],
)
def test_what_names_nobody_is_refused_with_what_is_wrong_and_the_way_to_write_it(typed, said):
    with pytest.raises(BadInput) as caught:
        principals(typed)
    assert said in str(caught.value)


@pytest.mark.parametrize("typed", ["", " ", ",", ", ,"])
def test_an_empty_list_names_nobody(typed):
    assert principals(typed) == frozenset()


def test_who_only_manages_a_channels_digests_decides_nothing_for_the_whole_space():
    assert RIGHTS.roles({"slack:T9AA/U9AA"}, manages=True, administers=False) == {Role.MANAGER}
