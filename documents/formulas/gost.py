"""GOST R 34.10-2012 and Streebog as Kazakhstan's authority uses them (OIDs below 1.2.398.3.10.1), over gostcrypto.

A technical check, not a certified cryptographic means (docs/decisions/0015-signatures.md). Byte orders, from a trial
on the authority's own test certificates (not in the tree): public key x | y, each little-endian (RFC 9215, 4.3); the
digest is read as a little-endian number; a signature is r | s little-endian, and the production root is reported as
s | r big-endian (RFC 9215, 2), which is the same bytes backwards: both are tried.
"""

from dataclasses import dataclass
from functools import lru_cache

from gostcrypto import gosthash, gostsignature
from gostcrypto.gostsignature.gost_34_10_2012 import GOST34102012

STREEBOG_256, STREEBOG_512 = "1.2.398.3.10.1.3.2", "1.2.398.3.10.1.3.3"
KEY_256, KEY_512 = "1.2.398.3.10.1.1.2.1", "1.2.398.3.10.1.1.2.2"
SIGNATURE_256, SIGNATURE_512 = "1.2.398.3.10.1.1.2.3.1", "1.2.398.3.10.1.1.2.3.2"
OLD = frozenset({"1.2.398.3.10.1.1.1.1", "1.2.398.3.10.1.1.1.2", "1.2.398.3.10.1.3.1"})  # GOST 34.310-2004, 34.311-95


@dataclass(frozen=True)
class Strength:
    """A key length: its mode and curve in gostcrypto, the bytes of a coordinate, the OID of the curve in a key."""

    mode: int
    curve: str
    size: int
    parameters: str


STRENGTHS = {
    KEY_256: Strength(gostsignature.MODE_256, "id-tc26-gost-3410-2012-256-paramSetA", 32, "1.2.398.3.10.1.1.2.1.1"),
    KEY_512: Strength(gostsignature.MODE_512, "id-tc26-gost-3410-12-512-paramSetA", 64, "1.2.398.3.10.1.1.2.2.1"),
}
STREEBOG = {STREEBOG_256: "streebog256", STREEBOG_512: "streebog512"}


class Curve(GOST34102012):
    """gostcrypto's verification with faster multiplication: its own takes 0.4 s for 512 bits, this one 0.02 s.

    It inverts at every step, by Euclid in Python; here points have three coordinates (Jacobian) and are inverted once.
    What is verified is public, so that time tells nothing; no private key ever comes here.
    """

    def _mul_point(self, mul_value: int, x_op: int = -1, y_op: int = -1) -> tuple[int, int]:
        """ValueError where it ends at infinity, as no right signature does."""
        base = (x_op, y_op) if x_op > 0 and y_op > 0 else (self._x, self._y)
        x, y, z = 0, 1, 0  # infinity
        for bit in f"{mul_value:b}":
            x, y, z = self._double(x, y, z)
            if bit == "1":
                x, y, z = self._plus(x, y, z, *base)
        inverse = pow(z, -1, self._p)
        return x * inverse**2 % self._p, y * inverse**3 % self._p

    def _double(self, x: int, y: int, z: int) -> tuple[int, int, int]:
        p, square = self._p, y * y % self._p
        s, m = 4 * x * square % p, (3 * x * x + self._a * pow(z, 4, p)) % p
        doubled = (m * m - 2 * s) % p
        return doubled, (m * (s - doubled) - 8 * square * square) % p, 2 * y * z % p

    def _plus(self, x: int, y: int, z: int, other_x: int, other_y: int) -> tuple[int, int, int]:
        p = self._p
        if not z:
            return other_x, other_y, 1
        h, r = (other_x * z * z - x) % p, (other_y * z * z * z - y) % p
        if not h:
            return (0, 1, 0) if r else self._double(x, y, z)
        square = h * h % p
        v, cube = x * square % p, h * square % p
        added = (r * r - cube - 2 * v) % p
        return added, (r * (v - added) - y * cube) % p, h * z % p

    def holds(self, x: int, y: int) -> bool:
        """Whether this is a point of the curve: a key that is none proves nothing."""
        return 0 < x < self._p and 0 < y < self._p and (y * y - x * x * x - self._a * x - self._b) % self._p == 0


@lru_cache
def curve_of(key: str) -> Curve:
    """The curve of a key's OID, made once: its parameters are public."""
    strength = STRENGTHS[key]
    return Curve(strength.mode, gostsignature.CURVES_R_1323565_1_024_2019[strength.curve])


def streebog(digest: str, content: bytes) -> bytes:
    """The hash of these bytes by the OID of its algorithm. About 150 kB in a second."""
    return bytes(gosthash.new(STREEBOG[digest], data=bytearray(content)).digest())


def is_signed(key: str, point: bytes, signature: bytes, digest: bytes) -> bool:
    """Whether `signature` over `digest` was made with the private half of the key x | y in `point`."""
    size, curve = STRENGTHS[key].size, curve_of(key)
    if len(point) != 2 * size or len(signature) != 2 * size or len(digest) != size:
        return False
    x, y = point[:size][::-1], point[size:][::-1]
    if not curve.holds(int.from_bytes(x, "big"), int.from_bytes(y, "big")):
        return False
    little = signature[:size][::-1] + signature[size:][::-1]
    swapped = signature[size:] + signature[:size]
    return any(_verifies(curve, x + y, digest[::-1], one) for one in (little, swapped))


def _verifies(curve: Curve, point: bytes, digest: bytes, signature: bytes) -> bool:
    try:
        return bool(curve.verify(bytearray(point), bytearray(digest), bytearray(signature)))
    except ValueError:  # a point at infinity on the way
        return False
