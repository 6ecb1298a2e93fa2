# SPDX-License-Identifier: MIT
"""The deterministic CBOR of Docs/Formats/Encoding.md.

Values: int, bytes, str, list, dict, True, False, None. The rule that a wrong item breaks is in the
`rules` of the Invalid that is raised.
"""

import json

from trouble import Invalid

STRING_LIMIT = 65_536
DEPTH_LIMIT = 8
UNSIGNED_LIMIT = 2**64 - 1
SIGNED_LEAST = -(2**63)
SIGNED_MOST = 2**63 - 1

UNSIGNED, NEGATIVE, BYTES, TEXT, ARRAY, MAP, TAG, SIMPLE = range(8)
SIMPLE_VALUES = {20: False, 21: True, 22: None}


def encode(value):
    """The one valid form of a value."""
    if value is None or value is True or value is False:
        return bytes([{False: 0xF4, True: 0xF5, None: 0xF6}[value]])
    if isinstance(value, int):
        return head(UNSIGNED, value) if value >= 0 else head(NEGATIVE, -1 - value)
    if isinstance(value, bytes):
        return head(BYTES, len(value)) + value
    if isinstance(value, str):
        data = value.encode("utf-8")
        return head(TEXT, len(data)) + data
    if isinstance(value, (list, tuple)):
        return head(ARRAY, len(value)) + b"".join(encode(item) for item in value)
    if isinstance(value, dict):
        pairs = sorted((encode(key), encode(item)) for key, item in value.items())
        return head(MAP, len(pairs)) + b"".join(key + item for key, item in pairs)
    raise TypeError(f"CBOR has no form for {type(value)}")


def head(major, number):
    """The shortest head of a major type with a number."""
    if number < 24:
        return bytes([major << 5 | number])
    for info, size in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if number < 1 << 8 * size:
            return bytes([major << 5 | info]) + number.to_bytes(size, "big")
    raise ValueError("a CBOR head holds at most 64 bits")


def decode(data, bytes_limit=STRING_LIMIT):
    """The value of an item that is all of data (rule 8)."""
    value, end = decode_first(data, 0, bytes_limit)
    if end != len(data):
        raise Invalid("cbor", f"{len(data) - end} bytes follow the item", [8])
    return value


def decode_first(data, at, bytes_limit=STRING_LIMIT):
    """The value of the item that starts at an offset, and the offset after it."""
    return _item(data, at, bytes_limit, 1)


def _item(data, at, bytes_limit, depth):
    start = at
    major, info, number, at = _head(data, at)
    if major == UNSIGNED:
        return number, at
    if major == NEGATIVE:
        if -1 - number < SIGNED_LEAST:
            raise _broken(3, start, "a negative integer below -2^63")
        return -1 - number, at
    if major == BYTES:
        return _string(data, at, number, bytes_limit, start)
    if major == TEXT:
        raw, at = _string(data, at, number, STRING_LIMIT, start)
        try:
            return raw.decode("utf-8"), at
        except UnicodeDecodeError:
            raise _broken(5, start, "text that is not UTF-8") from None
    if major in (ARRAY, MAP):
        if depth > DEPTH_LIMIT:
            raise _broken(7, start, "more than 8 arrays and maps inside one another")
        contents = _array if major == ARRAY else _map
        return contents(data, at, number, bytes_limit, depth)
    if major == SIMPLE and info in SIMPLE_VALUES:
        return SIMPLE_VALUES[info], at
    raise _broken(3, start, "a tag" if major == TAG else "a float or other simple value")


def _head(data, at):
    """Major type, additional information, number and the offset after the head."""
    if at >= len(data):
        raise _broken(8, at, "the item is cut off")
    major, info = data[at] >> 5, data[at] & 31
    if info < 24:
        return major, info, info, at + 1
    if info == 31 and BYTES <= major <= MAP:
        raise _broken(2, at, "an indefinite length")
    if info > 27:
        raise _broken(3, at, "a reserved head or a break")
    size = 1 << info - 24
    raw = data[at + 1 : at + 1 + size]
    if major == SIMPLE or major == TAG:
        return major, info, None, at + 1
    if len(raw) < size:
        raise _broken(8, at, "the item is cut off")
    number = int.from_bytes(raw, "big")
    if number < (24 if size == 1 else 1 << 4 * size):
        raise _broken(1, at, "an integer or length that is not in its shortest form")
    return major, info, number, at + 1 + size


def _string(data, at, length, limit, start):
    if length > limit:
        raise _broken(5, start, f"a string longer than {limit} bytes")
    if length > len(data) - at:
        raise _broken(8, start, "the item is cut off")
    return data[at : at + length], at + length


def _array(data, at, count, bytes_limit, depth):
    values = []
    for _ in range(count):
        value, at = _item(data, at, bytes_limit, depth + 1)
        values.append(value)
    return values, at


def _map(data, at, count, bytes_limit, depth):
    values, before = {}, b""
    for _ in range(count):
        start = at
        key, at = _item(data, at, bytes_limit, depth + 1)
        if not (type(key) is str or (type(key) is int and key >= 0)):
            raise _broken(6, start, "a key that is neither text nor unsigned")
        if data[start:at] <= before:
            raise _broken(6, start, "a key that is not in order, or there twice")
        before = data[start:at]
        values[key], at = _item(data, at, bytes_limit, depth + 1)
    return values, at


def _broken(rule, at, what):
    return Invalid("cbor", f"{what}, at offset {at} (rule {rule})", [rule])


def show(value):
    """A value in the diagnostic notation of RFC 8949, section 8."""
    if value is None or value is True or value is False:
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(value)
    if isinstance(value, bytes):
        return f"h'{value.hex()}'"
    if isinstance(value, str):
        return json.dumps(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{show(k)}: {show(v)}" for k, v in value.items()) + "}"
    return "[" + ", ".join(show(item) for item in value) + "]"
