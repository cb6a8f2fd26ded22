"""Action and callback ids: one constant each, named after what happened."""

SET_UP = "set_up_pressed"
SET_UP_FORM = "set_up_sent"
CHOOSE_LANGUAGE = "language_chosen"

# a message that is taken up
TAKE_UP_FORM = "take_up_sent"

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

# cases
BRING_CASE = "case_bring_pressed"
CASE_FORM = "case_sent"
METHODS_PAGE = "methods_page"
METHOD_PAGE = "method_page"
READ_METHOD = "method_read_pressed"
MY_CASES = "my_cases_pressed"
MY_CASES_PAGE = "my_cases"
WISH_CHOSEN = "case_wish_chosen"
METHOD_CHOSEN = "case_method_chosen"
JOIN_CASE = "case_join_pressed"
FACILITATE_CASE = "case_facilitate_pressed"
OBSERVE_CASE = "case_observe_pressed"
LEAVE_CASE = "case_leave_pressed"
START_CASE = "case_start_pressed"
START_LIVE = "case_start_live_pressed"
STOP_CASE = "case_stop_pressed"
WIPE_CASE = "case_wipe_pressed"
WRITE = "contribution_pressed"
LATE_SHARED = "late_words_shared"
LATE_WIPED = "late_words_wiped"
PASS = "pass_pressed"  # noqa: S105
NEXT_STEP = "next_step_pressed"
OWNER_READY = "owner_ready_pressed"
CONTRIBUTION_FORM = "contribution_sent"
MORE_ROOM_FOR = "contribution_more_room_pressed"
ONE_MORE = "contribution_one_more_pressed"
READ_ON = "contribution_read_on_pressed"
