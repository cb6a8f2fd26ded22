"""Action and callback ids: one constant each, named after what happened.

Pages and forms whose callback ids are equal up to the first ":" are of one window: each takes the place of the other.
"""


def window_of(callback_id: str) -> str:
    """The window that a page or form with this callback id belongs to."""
    return callback_id.partition(":")[0]


SET_UP = "set_up_pressed"
SET_UP_FORM = "set_up_sent"
CHOOSE_LANGUAGE = "language_chosen"

# the rhythm of a circle, and what is proposed for it
RHYTHM_PRESSED = "rhythm_pressed"
RHYTHM_PAGE = "rhythm_page"
SKIP_SLOT = "slot_skip_pressed"
UNSKIP_SLOT = "slot_unskip_pressed"
POST_NOW = "post_now_pressed"
PAUSE_UNTIL = "pause_until_chosen"
RESUME = "resume_pressed"
CHANGE_RHYTHM = "rhythm_change_pressed"
RHYTHM_FORM = "rhythm_sent"
GO_ON = "go_on_pressed"
OTHER_RHYTHM = "other_rhythm_pressed"
REST = "rest_pressed"
OBJECT = "object_pressed"
OBJECTION = "objection_sent"
MORE_CALENDAR = "rhythm_more_calendar_pressed"
TAKE_BACK_PROPOSAL = "proposal_taken_back"
TAKE_BACK_OBJECTION = "objection_taken_back"

# a message that is taken up
TAKE_UP_FORM = "take_up_sent"

# the window of the weekly question, which is also that of the journal and of insights: its pages and forms
REFLECTION_WINDOW = "reflection_sent"
ANSWER_FORM = "reflection_sent:answer"
ANSWERS_PAGE = "reflection_sent:answers"
COLLEAGUE_FORM = "reflection_sent:colleague"
JOURNAL_PAGE = "reflection_sent:journal"
REPLY_PAGE = "reflection_sent:reply"
JOURNAL_EXPORT_PAGE = "reflection_sent:journal_export"
JOURNAL_WIPE_PAGE = "reflection_sent:journal_wipe"
INSIGHT_FORM = "reflection_sent:insight"
INSIGHT_PAGE = "reflection_sent:insight_page"

# reflection
ANSWER = "answer_pressed"
MORE_ROOM = "more_room_pressed"
CHANGE_REFLECTION = "reflection_change_pressed"
KEEP_REFLECTION = "reflection_kept"
SHARE_REFLECTION = "reflection_shared"
SEND_REFLECTION = "reflection_send_pressed"
NAMELESS_REFLECTION = "reflection_nameless_pressed"
DRAFT_REFLECTION = "reflection_draft_pressed"
WITHDRAW_REFLECTION = "reflection_withdrawn"
REFLECTION_AS_CASE = "reflection_as_case_pressed"
TAKE_PRIVATE = "private_message_taken"
LEAVE_ME_OUT = "left_out_pressed"
LET_ME_IN = "let_in_pressed"

# the window of the circle's questions: its pages and forms
QUESTIONS_WINDOW = "questions"
QUESTIONS_PAGE = "questions:page"
LIBRARY_PAGE = "questions:library"
SEASON_PAGE = "questions:season"
QUESTION_FORM = "questions:propose"
WORDING_FORM = "questions:wording"
TURN_FORM = "questions:take"

# the circle's questions
QUESTIONS_PRESSED = "questions_pressed"
QUESTIONS_AGAIN = "questions_again_pressed"
PROPOSALS_ON = "proposals_on_pressed"
PROPOSALS_BACK = "proposals_back_pressed"
PROPOSE_QUESTION = "question_propose_pressed"
SUPPORT = "question_support_pressed"
UNSUPPORT = "question_unsupport_pressed"
SUPPORT_NEEDED = "support_needed_chosen"
CHANGE_QUESTION = "question_change_pressed"
WITHDRAW_QUESTION = "question_withdrawn"
SUGGEST_WORDING = "wording_suggest_pressed"
ACCEPT_WORDING = "wording_accepted"
KEEP_WORDING = "wording_kept"
LIBRARY = "library_pressed"
LIBRARY_AGAIN = "library_again_pressed"
OPEN_THEME = "theme_pressed"
THEME_ON = "theme_on_pressed"
THEME_BACK = "theme_back_pressed"
RETIRE_QUESTION = "question_retired"
RESTORE_QUESTION = "question_restored"
TAKE_TURN = "turn_take_pressed"
TAKE_QUESTION = "turn_question_chosen"
CHANGE_TURN = "turn_change_pressed"
GIVE_BACK = "turn_given_back"
SEASON = "season_pressed"
PLAN_TURN = "turn_plan_pressed"
PLAN_THEME = "turn_theme_planned"
PLAN_QUESTION = "turn_question_planned"
PLAN_NOTHING = "turn_left_open"
INVITE_LOOKING_BACK = "looking_back_invite_pressed"
LOOK_BACK = "looking_back_pressed"

# invitations
INVITATIONS = "invitations_pressed"
INVITATIONS_FORM = "invitations_asked"
PAUSE_INVITATIONS = "invitations_paused"
RESUME_INVITATIONS = "invitations_resumed"
STOP_INVITATIONS = "invitations_stopped"

# my journal
JOURNAL = "journal_pressed"
JOURNAL_ENTRY = "journal_entry_pressed"
JOURNAL_FILTER = "journal_sieve_chosen"
JOURNAL_NEWER = "journal_newer_pressed"
JOURNAL_OLDER = "journal_older_pressed"
JOURNAL_BACK = "journal_back_pressed"
JOURNAL_EXPORT = "journal_export_pressed"
JOURNAL_FILES = {
    "markdown": "journal_as_markdown_pressed",
    "html": "journal_as_html_pressed",
    "json": "journal_as_json_pressed",
}
JOURNAL_WIPE = "journal_wipe_pressed"
JOURNAL_WIPE_FOR_GOOD = "journal_wiped"
JOURNAL_STAYS = "journal_stays"
FORGET_REPLY = "reply_forgotten"

# insights
INSIGHTS = "insights_pressed"
NOT_INSIGHTS = "insights_left"
INSIGHT = "insight_pressed"
MAKE_INSIGHT = "insight_make_pressed"
CHANGE_INSIGHT = "insight_change_pressed"
KEEP_INSIGHT = "insight_kept"
SHARE_INSIGHT = "insight_shared"
WIPE_INSIGHT = "insight_wiped"

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
CHOOSE_FIRST = "case_choose_pressed"
START_FORM = "case_start_sent"
CHANGE_CASE = "case_change_pressed"
CHANGE_CASE_FORM = "case_change_sent"
STOP_CASE = "case_stop_pressed"
WIPE_CASE = "case_wipe_pressed"
WHOLE_INSTRUCTION = "whole_instruction_pressed"
INSTRUCTION_PAGE = "instruction_page"
WRITE = "contribution_pressed"
LATE_SHARED = "late_words_shared"
LATE_WIPED = "late_words_wiped"
PASS = "pass_pressed"  # noqa: S105
NEXT_STEP = "next_step_pressed"
LEAD = "lead_pressed"
LEAD_PAGE = "lead_page"
SKIP_STEP = "step_skip_pressed"
MORE_TIME = "more_time_pressed"
GO_BACK = "step_back_pressed"
PACE_CALM = "pace_calm_pressed"
PACE_LIVE = "pace_live_pressed"
SHORT_CARDS = "short_cards_pressed"
WHOLE_CARDS = "whole_cards_pressed"
OWNER_READY = "owner_ready_pressed"
CONTRIBUTION_FORM = "contribution_sent"
MORE_ROOM_FOR = "contribution_more_room_pressed"
ONE_MORE = "contribution_one_more_pressed"
READ_ON = "contribution_read_on_pressed"
