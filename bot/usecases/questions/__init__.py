"""Which question is asked: members propose and choose, moderators plan, and the circle says what it would answer."""
