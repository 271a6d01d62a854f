"""Tests mirror the rooms; journeys go from wire to wire."""
