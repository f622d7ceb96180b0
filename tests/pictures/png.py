"""A picture made small: a palette instead of four bytes a pixel, which text on a plain ground never needs."""

import struct
import zlib
from collections import Counter

SIGNATURE = b"\x89PNG\r\n\x1a\n"
COLOURS = 256
GROUNDS = 32  # colours that stay what they are: grounds, lines and words
STEP = 8  # shades of a channel that are taken for one where two of those meet


def with_palette(png: bytes) -> bytes:
    """The picture (8 bits a channel, RGB or RGBA, not interlaced) with a palette; see the specification at w3.org/TR/png."""
    chunks = list(_chunks(png))
    width, height, _, kind = struct.unpack(">IIBB", chunks[0][1][:10])
    channels = {2: 3, 6: 4}[kind]
    rows = _rows(zlib.decompress(b"".join(body for name, body in chunks if name == b"IDAT")), width * channels, channels)
    near = [min(255, (shade + STEP // 2) // STEP * STEP) for shade in range(256)]
    exact = [tuple(row[at : at + 3]) for row in rows for at in range(0, len(row), channels)]
    grounds = {colour for colour, _ in Counter(exact).most_common(GROUNDS)}
    pixels = [one if one in grounds else tuple(near[shade] for shade in one) for one in exact]
    counted = Counter(pixels)
    palette = [colour for colour, _ in counted.most_common(COLOURS)]
    places = {colour: number for number, colour in enumerate(palette)}
    for colour in counted.keys() - places.keys():
        places[colour] = min(range(len(palette)), key=lambda place: sum((a - b) ** 2 for a, b in zip(colour, palette[place], strict=True)))
    data = b"".join(b"\0" + bytes(places[one] for one in pixels[at * width : (at + 1) * width]) for at in range(height))
    made = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", bytes(shade for colour in palette for shade in colour)),
        (b"IDAT", zlib.compress(data, 9)),
        (b"IEND", b""),
    ]
    return SIGNATURE + b"".join(struct.pack(">I", len(b)) + n + b + struct.pack(">I", zlib.crc32(n + b)) for n, b in made)


def _chunks(png: bytes):
    at = len(SIGNATURE)
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        at += 12 + size


def _rows(data: bytes, size: int, step: int):
    """The rows with their filters taken off."""
    before = bytearray(size)
    for at in range(0, len(data), size + 1):
        row = bytearray(data[at + 1 : at + 1 + size])
        match data[at]:
            case 1:
                for i in range(step, size):
                    row[i] = (row[i] + row[i - step]) & 255
            case 2:
                row = bytearray((a + b) & 255 for a, b in zip(row, before, strict=True))
            case 3:
                for i in range(size):
                    row[i] = (row[i] + ((row[i - step] if i >= step else 0) + before[i]) // 2) & 255
            case 4:
                for i in range(size):
                    left, up, corner = (row[i - step], before[i], before[i - step]) if i >= step else (0, before[i], 0)
                    row[i] = (row[i] + _paeth(left, up, corner)) & 255
        yield row
        before = row


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((left, up, corner), key=lambda one: abs(guess - one))
