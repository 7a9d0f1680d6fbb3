"""Straightest lines on an ellipsoid, and how neighbouring ones spread.

Along a straightest line the product of sum(x^2/a^4) and sum(u^2/a^2) of point x and unit direction u stays as it is
(Joachimsthal), so the pull toward the centre depends on the place alone: x'' = -C g x/a^2 with g = sum(x^2/a^4)^-2.
The gap y to a neighbouring line obeys y'' = -g y/(abc)^2 with the same g. Both advance by a Nystrom formula of
fifth order with four evaluations a step.
"""

from __future__ import annotations

from bandwright.body.wrapping.vectors import Triple
from bandwright.numerics.compiled import compiled

Line = tuple[float, float, float, float, float, float, float, float]
"""Point, unit direction, gap to a neighbouring line and the gap's rate."""


@compiled
def _slack(x: float, y: float, z: float, w: Triple) -> float:
    """g of the module's docstring, from a point and the inverse squares of the radii."""
    root = 1.0 / ((x * w[0]) * (x * w[0]) + (y * w[1]) * (y * w[1]) + (z * w[2]) * (z * w[2]))
    return root * root


@compiled
def joachimsthal(line: Line, w: Triple) -> float:
    """C of the module's docstring."""
    x, y, z, u, v, s = line[0] * w[0], line[1] * w[1], line[2] * w[2], line[3], line[4], line[5]
    return (x * x + y * y + z * z) * (u * u * w[0] + v * v * w[1] + s * s * w[2])


@compiled
def pull(line: Line, c: float, w: Triple) -> Triple:
    """Acceleration of the point along the line."""
    g = -c * _slack(line[0], line[1], line[2], w)
    return (g * w[0] * line[0], g * w[1] * line[1], g * w[2] * line[2])


@compiled
def advance(line: Line, h: float, c: float, w: Triple) -> Line:
    """One step of length `h` along a line whose Joachimsthal constant is `c`."""
    x, y, z, u, v, s, gap, rate = line
    spread = w[0] * w[1] * w[2]
    cx, cy, cz, hh = -c * w[0], -c * w[1], -c * w[2], h * h

    g = _slack(x, y, z, w)
    ax, ay, az, a = g * cx * x, g * cy * y, g * cz * z, -g * spread * gap

    p, k = 0.2 * h, 0.02 * hh
    x1, y1, z1, gap1 = x + p * u + k * ax, y + p * v + k * ay, z + p * s + k * az, gap + p * rate + k * a
    g = _slack(x1, y1, z1, w)
    bx, by, bz, b = g * cx * x1, g * cy * y1, g * cz * z1, -g * spread * gap1

    p, k, m = h * (2.0 / 3.0), -hh / 27.0, hh * (7.0 / 27.0)
    x1, y1 = x + p * u + k * ax + m * bx, y + p * v + k * ay + m * by
    z1, gap1 = z + p * s + k * az + m * bz, gap + p * rate + k * a + m * b
    g = _slack(x1, y1, z1, w)
    dx, dy, dz, d = g * cx * x1, g * cy * y1, g * cz * z1, -g * spread * gap1

    k, m, n = 0.3 * hh, -hh * (2.0 / 35.0), hh * (9.0 / 35.0)
    x1, y1 = x + h * u + k * ax + m * bx + n * dx, y + h * v + k * ay + m * by + n * dy
    z1, gap1 = z + h * s + k * az + m * bz + n * dz, gap + h * rate + k * a + m * b + n * d
    g = _slack(x1, y1, z1, w)
    ex, ey, ez, e = g * cx * x1, g * cy * y1, g * cz * z1, -g * spread * gap1

    k, m, n = hh * (14.0 / 336.0), hh * (100.0 / 336.0), hh * (54.0 / 336.0)
    p, q, r, t = h * (14.0 / 336.0), h * (125.0 / 336.0), h * (162.0 / 336.0), h * (35.0 / 336.0)
    return (
        x + h * u + k * ax + m * bx + n * dx,
        y + h * v + k * ay + m * by + n * dy,
        z + h * s + k * az + m * bz + n * dz,
        u + p * ax + q * bx + r * dx + t * ex,
        v + p * ay + q * by + r * dy + t * ey,
        s + p * az + q * bz + r * dz + t * ez,
        gap + h * rate + k * a + m * b + n * d,
        rate + p * a + q * b + r * d + t * e,
    )
