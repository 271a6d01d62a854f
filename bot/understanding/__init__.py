"""What is understood of typed words, before the turn, and of that only a guess goes on."""
