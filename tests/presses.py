"""What is pressed on the way to a first consent: every test that goes there presses the same."""

# From the menu, after “request”, to the question of an age.
INFORMED = (
    "consent.before:go_on",
    "consent.before_other:go_on",
    "consent.before_case:go_on",
    "consent.before_chat:go_on",
)
