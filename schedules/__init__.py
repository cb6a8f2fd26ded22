"""Where time knocks: what to look for when it does, and the metronome that makes it knock."""
