"""Real names that look alike (look_alikes.txt): no two things are made one, and most of what is one is joined."""

from pathlib import Path

import pytest

from briefs.entity import Kind
from briefs.reading.grouping import Name, group

KINDS = {"PER": Kind.PERSON, "ORG": Kind.ORGANISATION, "LOC": Kind.PLACE}
JOINED_MIN = 0.80


def cases(wanted):
    section = ""
    for line in (Path(__file__).parent / "look_alikes.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#") and section == wanted:
            kind, _, rest = line.partition(" ")
            parts = [part.split(":", 1) if part[:4] in {f"{k}:" for k in KINDS} else [kind, part] for part in rest.split(" | ")]
            # A country's adjective stands for the country only where it describes something: as such it is listed here.
            yield line, [Name(text, KINDS[k], adjective=True) for k, text in parts]


DIFFER, SAME = list(cases("differ")), list(cases("same"))


def joined(names):
    numbers = group(names)
    return numbers[0] == numbers[1]


def test_there_are_two_hundred_pairs_of_each():
    assert len({line for line, _ in DIFFER}) == len(DIFFER) >= 200
    assert len({line for line, _ in SAME}) == len(SAME) >= 200


@pytest.mark.parametrize("order", [1, -1], ids=["as-listed", "turned-round"])
def test_no_two_things_are_made_one(order):
    def kept(names):
        turned = names[::order]
        numbers = dict(zip(map(id, turned), group(turned), strict=True))
        return numbers[id(names[0])] != numbers[id(names[1])]

    assert [line for line, names in DIFFER if not kept(names)] == []


def test_four_in_five_names_of_one_thing_are_joined():
    assert sum(joined(names) for _, names in SAME) >= JOINED_MIN * len(SAME)


def test_no_two_things_are_made_one_when_all_names_stand_in_one_article():
    names = list(dict.fromkeys(name for _, names in DIFFER for name in names))
    numbers = dict(zip(names, group(names), strict=True))
    assert [line for line, (one, other, *_) in DIFFER if numbers[one] == numbers[other]] == []
