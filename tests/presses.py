"""What is pressed on the way to a first consent, and to a request: every test presses the same."""

from itertools import pairwise

# From the menu, after “request”, to the question of an age.
INFORMED = (
    "consent.before:go_on",
    "consent.before_other:go_on",
    "consent.before_case:go_on",
    "consent.before_chat:go_on",
)

PRESSES = (
    "welcome.language:nl",
    "welcome.role:victim",
    "welcome.menu:request",
    *INFORMED,
    "consent.age:yes",
    "consent.data:yes",
    "consent.contact:no",
    "intake.begin:go_on",
    "intake.name:enough",
)
SENDING = (*PRESSES, "intake.review:send")
# What the person does, and a button that the screen after it offers.
TO_A_REQUEST = (
    *pairwise(("/start", *PRESSES)),
    ("Testpersoon Een", "intake.tongue:enough"),
    ("intake.tongue:enough", "intake.review:send"),
    ("intake.review:send", "everywhere.go:stop"),
)
