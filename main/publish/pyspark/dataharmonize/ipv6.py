"""IPv6 addresses in the form of RFC 5952: the same answers as shared/reference/ipv6.ts."""

import re

# The longest an IPv6 address can be written, an IPv4 address at its end.
LONGEST = 45
_GROUP = re.compile(r"[0-9a-fA-F]{1,4}")
_OCTET = re.compile(r"0|[1-9][0-9]{0,2}")


def _embedded(dotted):
    """The last two groups that an IPv4 address stands for; None where it is none."""
    octets = dotted.split(".")
    if len(octets) != 4 or not all(_OCTET.fullmatch(one) for one in octets):
        return None
    a, b, c, d = (int(one) for one in octets)
    return [a * 256 + b, c * 256 + d] if max(a, b, c, d) <= 255 else None


def _groups(part, last):
    """The groups of a part without ::; None where one is wrong. Only the last may be an IPv4 address."""
    if part == "":
        return []
    groups, written = [], part.split(":")
    for i, one in enumerate(written):
        if _GROUP.fullmatch(one):
            groups.append(int(one, 16))
            continue
        two = _embedded(one) if last and i == len(written) - 1 else None
        if two is None:
            return None
        groups += two
    return groups


def _all_groups(address):
    parts = address.split("::")
    if len(parts) > 2:
        return None
    before = _groups(parts[0], len(parts) == 1)
    if len(parts) == 1:
        return before if before is not None and len(before) == 8 else None
    after = _groups(parts[1], True)
    if before is None or after is None or len(before) + len(after) > 7:
        return None
    return before + [0] * (8 - len(before) - len(after)) + after


def _longest_zeros(groups):
    """The first of the longest runs of two zeros and more, as (from, to)."""
    best = (0, 0)
    for start in range(len(groups)):
        end = start
        while end < len(groups) and groups[end] == 0:
            end += 1
        if end - start >= 2 and end - start > best[1] - best[0]:
            best = (start, end)
    return best


def canonical(address):
    """The address in its one form, or None where the text is none."""
    if len(address) > LONGEST or ":" not in address:
        return None
    groups = _all_groups(address)
    if groups is None:
        return None
    if groups[:6] == [0, 0, 0, 0, 0, 0xFFFF]:
        high, low = groups[6:]
        return "::ffff:%d.%d.%d.%d" % (high >> 8, high & 255, low >> 8, low & 255)
    start, end = _longest_zeros(groups)
    written = ["%x" % one for one in groups]
    if start == end:
        return ":".join(written)
    return ":".join(written[:start]) + "::" + ":".join(written[end:])


def answerer(options):
    """Answers an address."""
    return lambda address: (canonical(address),)
