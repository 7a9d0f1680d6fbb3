"""Shortest paths over spheres, cylinders and ellipsoids, and chains of points that bend over them."""

from __future__ import annotations
