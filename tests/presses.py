"""What is pressed on the way to a first consent: every test that goes there presses the same."""

# From the menu, after “request”, to the question of an age.
INFORMED = ("consent.before:go_on",)
