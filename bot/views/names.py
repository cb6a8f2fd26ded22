"""Action and callback ids: one constant each, named after what happened."""

SET_UP = "set_up_pressed"
SET_UP_FORM = "set_up_sent"
CHOOSE_LANGUAGE = "language_chosen"

# reflection
ANSWER = "answer_pressed"
REFLECTION = "reflection_sent"
MORE_ROOM = "more_room_pressed"
CHANGE_REFLECTION = "reflection_change_pressed"
KEEP_REFLECTION = "reflection_kept"
SHARE_REFLECTION = "reflection_shared"
WITHDRAW_REFLECTION = "reflection_withdrawn"
LEAVE_ME_OUT = "left_out_pressed"
LET_ME_IN = "let_in_pressed"

# the digest
DIGEST_PAGE = "digest_page"
DIGEST_PERIOD = "digest_period_chosen"
DIGEST_SHARE = "digest_share_pressed"
