"""From wire to wire: a person on one side, a colleague on the other, and the real thing between."""
