"""Action and callback ids: one constant each, named after what happened."""

SET_UP = "set_up_pressed"
SET_UP_FORM = "set_up_sent"
CHOOSE_LANGUAGE = "language_chosen"
