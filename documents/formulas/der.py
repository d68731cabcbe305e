"""The outermost layer of DER, for what asn1crypto's classes refuse because they do not know Kazakhstan's OIDs."""

from asn1crypto import core, parser


def elements(der: bytes) -> list[bytes]:
    """The parts of a SEQUENCE or SET, each with its own header. Raises ValueError where it is none."""
    _class, method, _tag, _header, rest, _trailer = parser.parse(der, strict=True)
    if not method:
        raise ValueError("a primitive value has no parts")
    found = []
    while rest:
        size = parser.peek(rest)
        found.append(rest[:size])
        rest = rest[size:]
    return found


def dotted(der: bytes) -> str:
    """An OBJECT IDENTIFIER in the usual letters. Raises ValueError where it is none."""
    return str(core.ObjectIdentifier.load(der, strict=True).dotted)
