"""The buttons and menus that were on a screen when version 0.1.0 stopped: who presses them, and what they read then."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Press:
    """Somebody presses a button, and reads something that was not there before.

    `about` is a part of the button's value, where it does not go without saying. `reads` is what appears: in the form
    that opens or changes, or within minutes in a message; with `gone`, what disappears. `where` is "message", "home",
    or the kind of the form that was open.
    """

    who: str
    where: str
    action: str
    reads: str
    about: str = ""
    gone: bool = False

    def __str__(self) -> str:
        return f"{self.who}, {self.where}, {self.action}"


# The action of a field that is only filled in.
VALUE = "value"
ANSWER = "answer page, not decided"
SHARED = "answer page, shared"
AUTHOR = "questions page of an author"
INSIGHT = "insight page, shared"
JOURNAL = "journal page"
LEADING = "leading page"
MODERATORS_LIBRARY = "library, one theme, of a moderator"
RHYTHM = "rhythm page of a moderator"
CHOOSING_A_FILE = "journal, choosing a file"

IN_MESSAGES = [
    Press("Elif", "message", "answer_pressed", "Gestuurd naar @Rosa"),
    Press("Bram", "message", "case_change_pressed", "Tot je start, leest niemand anders je woorden", "7e6c6076"),
    Press("Céline", "message", "case_choose_pressed", "What is ticked is what the method advises"),
    Press("Karel", "message", "case_facilitate_pressed", "Fijn dat je meedoet als gespreksleider", "7e6c6076"),
    Press("Quinten", "message", "case_join_pressed", "Fijn dat je meedoet. De inbrenger ziet wie er is", "7e6c6076"),
    Press("Dirk", "message", "case_join_pressed", "Iedereen brengt hier een eigen vraag", "6714c36a"),
    Press("Lien", "message", "case_leave_pressed", "Je doet niet meer mee"),
    Press("Céline", "message", "case_start_live_pressed", " is under way in "),
    Press("Céline", "message", "case_start_pressed", " is under way in "),
    Press("Bram", "message", "case_stop_pressed", "gaat niet door. Een nieuwe inbrengen kan"),
    Press("Anna", "message", "case_wipe_pressed", "Altijd hetzelfde lijstje", gone=True),
    Press("Bram", "message", "contribution_pressed", "Stel één tot drie open vragen", "dc69aacc"),
    Press("Farah", "message", "go_on_pressed", "Quelqu’un a choisi"),
    Press("Anna", "message", "invitations_paused", "Je uitnodigingen staan op pauze"),
    Press("Anna", "message", "invitations_stopped", "Er komen geen uitnodigingen meer"),
    Press("Gust", "message", "late_words_shared", "Je tekst staat in de draad van de stap"),
    Press("Gust", "message", "late_words_wiped", "Je tekst is gewist"),
    Press("Bram", "message", "lead_pressed", "Deze stap overslaan. Hij sluit nu", "dc69aacc"),
    Press("Bram", "message", "lead_pressed", "Hoe werkt dit?", "560d0e51"),
    Press("Elif", "message", "left_out_pressed", "Wat ik had, is gewist"),
    Press("Joke", "message", "let_in_pressed", "De kring leest wat je in de draad van een weekvraag typt"),
    Press("Anna", "message", "looking_back_pressed", "Als je deze vragen nu terugleest"),
    Press("Bram", "message", "next_step_pressed", "Stap 2b van 5 · Antwoorden", "dc69aacc"),
    Press("Bram", "message", "object_pressed", "Eén bezwaar volstaat: dan passen jullie dit aan"),
    Press("Bram", "message", "objection_taken_back", "@Bram nam het bezwaar terug"),
    Press("Farah", "message", "other_rhythm_pressed", "Ce que tu choisis ici devient une proposition"),
    Press("Quinten", "message", "owner_ready_pressed", "@Lien · Roddel"),
    Press("Bram", "message", "pass_pressed", "Genoteerd: niets toe te voegen", "560d0e51"),
    Press("Dirk", "message", "private_message_taken", "hier maak je er iets van"),
    Press("Anna", "message", "proposal_taken_back", "@Anna nam dit voorstel terug"),
    Press("Farah", "message", "rest_pressed", "Une proposition de @Farah"),
    Press("Joke", "message", "set_up_pressed", "Zo werkt deze kring voor iedereen"),
    Press("Elif", "message", "whole_instruction_pressed", "Stel één tot drie open vragen die de inbrenger helpen"),
    Press("Elif", "message", "wording_accepted", "De nieuwe woorden staan er"),
    Press("Elif", "message", "wording_kept", "Je eigen woorden blijven staan"),
]
ON_HOMES = [
    Press("Anna", "home", "answer_pressed", "Bewaard voor jezelf. Alleen jij ziet dit."),
    Press("Anna", "home", "case_bring_pressed", "Een casus inbrengen"),
    Press("Quinten", "home", "case_join_pressed", "Fijn dat je meedoet", "7e6c6076"),
    Press("Céline", "home", "case_start_pressed", " is under way in "),
    Press("Anna", "home", "contribution_pressed", "Het doet me denken aan een kapitein", "560d0e51"),
    Press("Anna", "home", "invitations_pressed", "Uitnodigingen"),
    Press("Anna", "home", "journal_pressed", "Mijn dagboek"),
    Press("Anna", "home", "my_cases_pressed", "Mijn casussen"),
    Press("Quinten", "home", "owner_ready_pressed", "@Lien · Roddel"),
    Press("Anna", "home", "questions_pressed", "Hier bepaalt #coaching-en-co zelf welke vragen er komen"),
    Press("Imran", "home", "reflection_change_pressed", "Wat komt er bij je op?"),
    Press("Anna", "home", "rhythm_pressed", "maandag 14 december om 9:00"),
    Press("Joke", "home", "set_up_pressed", "Zo werkt deze kring voor iedereen"),
]
IN_FORMS = [
    Press("Dirk", "page after joining", "case_facilitate_pressed", "Fijn dat je meedoet als gespreksleider"),
    Press("Anna", "my cases", "case_leave_pressed", "De stille student", "dc69aacc", gone=True),
    Press("Dirk", "page after joining", "case_observe_pressed", "Fijn dat je meekijkt als observator"),
    Press("Bram", "contribution form, typed", "contribution_more_room_pressed", "Jouw bijdrage 1 (vervolg)"),
    Press("Bram", "contribution form, typed", "contribution_one_more_pressed", "Wat is het? (2)"),
    Press("Anna", "digest page of a moderator", "digest_share_pressed", "Thema’s: Waarderend kijken"),
    Press("Bram", INSIGHT, "insight_change_pressed", "Vertel over een moment van de voorbije maand"),
    Press("Bram", INSIGHT, "insight_kept", "Bewaard voor jezelf. Alleen jij ziet dit."),
    Press("Céline", SHARED, "insight_make_pressed", "Insight"),
    Press("Anna", JOURNAL, "insight_pressed", "Gedeeld in #coaching-en-co, met je naam."),
    Press("Gust", "insight page, not decided", "insight_shared", "Gedeeld in #coaching-en-co, met je naam."),
    Press("Bram", INSIGHT, "insight_wiped", "Je inzicht is gewist"),
    Press("Anna", JOURNAL, "insights_pressed", "Zoek in wat ik schreef"),
    Press("Anna", "invitations page of who is invited", "invitations_paused", "Je uitnodigingen staan op pauze"),
    Press("Bram", "invitations page of who paused them", "invitations_resumed", "Je krijgt uitnodigingen om 8:00"),
    Press("Bram", "invitations page of who paused them", "invitations_stopped", "Nodig me uit"),
    Press("Hanne", CHOOSING_A_FILE, "journal_as_html_pressed", "Je bestand komt zo in ons privégesprek"),
    Press("Hanne", CHOOSING_A_FILE, "journal_as_json_pressed", "Je bestand komt zo in ons privégesprek"),
    Press("Hanne", CHOOSING_A_FILE, "journal_as_markdown_pressed", "Je bestand komt zo in ons privégesprek"),
    Press("Anna", "insight form", "journal_back_pressed", "Mijn inzichten"),
    Press("Anna", JOURNAL, "journal_entry_pressed", "Bewaard voor jezelf. Alleen jij ziet dit."),
    Press("Anna", JOURNAL, "journal_export_pressed", "Alles wat je schreef, in één bestand"),
    Press("Anna", JOURNAL, "journal_wipe_pressed", "Alles wissen wat je bij de weekvragen schreef?"),
    Press(
        "Dirk",
        "journal, asking before all is wiped",
        "journal_wiped",
        "Alles wat je bij de weekvragen schreef, is hier",
    ),
    Press("Gust", "late words, page after sending", "late_words_shared", "Je tekst staat in de draad van de stap"),
    Press("Gust", "late words, page after sending", "late_words_wiped", "Je tekst is gewist"),
    Press("Anna", MODERATORS_LIBRARY, "library_again_pressed", "De bibliotheek van de kring"),
    Press("Bram", "questions page", "library_pressed", "De bibliotheek van de kring"),
    Press("Elif", AUTHOR, "looking_back_invite_pressed", "De uitnodiging staat in het kanaal"),
    Press("Dirk", "case intake", "method_read_pressed", "Methodes", "incidentmethode_10"),
    Press("Bram", "answer form", "more_room_pressed", "En verder …"),
    Press("Bram", LEADING, "more_time_pressed", "De stap krijgt meer tijd"),
    Press("Dirk", "case intake", "my_cases_pressed", "De stille student"),
    Press("Imran", "leading page, live", "pace_calm_pressed", "Vanaf de volgende stap gaan jullie schriftelijk verder"),
    Press("Bram", LEADING, "pace_live_pressed", "Vanaf de volgende stap praten jullie live"),
    Press("Anna", RHYTHM, "post_now_pressed", "kwam al op donderdag 10 december"),
    Press("Elif", AUTHOR, "question_change_pressed", "Een goede vraag is open"),
    Press("Bram", "questions page", "question_propose_pressed", "Een goede vraag is open"),
    Press("Anna", MODERATORS_LIBRARY, "question_restored", "Doet nu niet mee", gone=True),
    Press("Anna", MODERATORS_LIBRARY, "question_retired", "Doet nu niet mee"),
    Press("Bram", "questions page", "question_support_pressed", "Toch niet", "48108cb9"),
    Press("Dirk", "questions page of who would answer", "question_unsupport_pressed", "Toch niet", gone=True),
    Press("Bram", "questions page", "question_withdrawn", "Je vraag is ingetrokken en gewist", "8d0e7319"),
    Press("Hanne", "question proposal", "questions_again_pressed", "Hier bepaalt #coaching-en-co zelf welke vragen"),
    Press("Céline", SHARED, "reflection_as_case_pressed", "Bring a case"),
    Press("Céline", SHARED, "reflection_change_pressed", "What comes to mind?"),
    Press("Bram", "answer form", "reflection_draft_pressed", "Bewaard als concept"),
    Press("Lien", ANSWER, "reflection_kept", "Bewaard voor jezelf. Alleen jij ziet dit."),
    Press("Lien", ANSWER, "reflection_nameless_pressed", "Klaar om zonder naam te delen"),
    Press("Lien", ANSWER, "reflection_send_pressed", "Naar wie?"),
    Press("Lien", ANSWER, "reflection_shared", "Gedeeld in de draad. De kring kan dit lezen."),
    Press("Céline", SHARED, "reflection_withdrawn", "Your answer is taken back and wiped"),
    Press("Elif", "journal entry, a reply in a thread", "reply_forgotten", "Dit is hier gewist"),
    Press(
        "Farah",
        "rhythm page of a circle that pauses",
        "resume_pressed",
        "Sauter",
    ),
    Press("Anna", RHYTHM, "rhythm_change_pressed", "Wat je hier kiest, komt als voorstel in het kanaal"),
    Press("Elif", "rhythm form", "rhythm_more_calendar_pressed", "De tekst uit de agenda, deel 2"),
    Press("Dirk", "circle front page", "rhythm_pressed", "maandag 14 december om 9:00"),
    Press("Bram", "questions page", "season_pressed", "Wat er komt. Is er niets gepland"),
    Press("Bram", LEADING, "short_cards_pressed", "Hoe werkt dit?"),
    Press("Anna", RHYTHM, "slot_skip_pressed", "maandag 14 december om 9:00 · overgeslagen", "2026-W51"),
    Press("Anna", RHYTHM, "slot_unskip_pressed", "De weekvraag van maandag 4 januari komt toch", "2027-W01"),
    Press("Pia", "leading page, with a step to go back to", "step_back_pressed", "De vorige stap gaat weer open"),
    Press("Bram", LEADING, "step_skip_pressed", "De stap is overgeslagen"),
    Press("Karel", "library, all themes", "theme_pressed", "← Alle thema’s", "coaching_students"),
    Press("Pia", "questions page of a volunteer", "turn_change_pressed", "Wil jij als eerste antwoorden?"),
    Press("Pia", "questions page of a volunteer", "turn_given_back", "Je gaf de beurt terug"),
    Press("Anna", "season page", "turn_left_open", "maandag 15 maart om 9:00: nog vrij", "15"),
    Press("Anna", "season page", "turn_plan_pressed", "Plan deze vraag. Over welk thema gaat ze?", "6"),
    Press("Karel", "library, choosing a question for a turn", "turn_question_chosen", "Wil jij als eerste", "p065"),
    Press(
        "Anna",
        "library, planning a turn",
        "turn_question_planned",
        "Als trekker plan je hier een thema of een vraag",
        "p026",
    ),
    Press("Bram", "questions page", "turn_take_pressed", "Jij kiest de eerstvolgende vrije vraag"),
    Press("Anna", "library, planning a turn", "turn_theme_planned", "over Dialoog", "dialogue"),
    Press("Bram", "leading page, short cards", "whole_cards_pressed", "Hoe werkt dit?"),
    Press("Elif", AUTHOR, "wording_accepted", "De nieuwe woorden staan er"),
    Press("Elif", AUTHOR, "wording_kept", "Je eigen woorden blijven staan"),
    Press("Elif", AUTHOR, "wording_suggest_pressed", "Stel andere woorden voor", "48108cb9"),
]
# Pressed by somebody who may not: why the bot says no, as version 0.1.0 did.
REFUSED = [
    # Case 'unsent' was started just before the bot stopped, so its invitation is over.
    Press("Anna", "message", "case_join_pressed", "Deze casus is al begonnen; er komt niemand meer bij", "12a5405d"),
    Press("Pia", "message", "case_change_pressed", "Deze casus is al begonnen, en de anderen lezen", "12a5405d"),
    # Bram is no owner of case 'finished'.
    Press("Bram", "message", "case_wipe_pressed", "Alleen de inbrenger kan dit"),
    # Anna asked in case 'two'; Imran answers now, and leads.
    Press("Anna", "message", "contribution_pressed", "Nu aan de beurt: @Imran", "3578ee5f"),
    Press("Anna", "message", "next_step_pressed", "Alleen de inbrenger kan dit", "3578ee5f"),
    # The method of case 'away' lets nobody shorten this step.
    Press("Bram", "message", "next_step_pressed", "Deze stap krijgt zijn volle tijd", "560d0e51"),
    # Bram objected, Anna proposed.
    Press("Anna", "message", "objection_taken_back", "Dit bezwaar is niet van jou", "e12248a1"),
    Press("Bram", "message", "proposal_taken_back", "Alleen wie dit voorstel deed, kan het terugnemen", "6a52fcef"),
    # The bot was taken out of #koffiehoek.
    Press("Pia", "message", "set_up_pressed", "Ik ben niet meer in het kanaal van deze kring"),
]

# Menus that act at once: somebody chooses something in them. `about` is what they choose.
CHOSEN = [
    Press("Dirk", "case intake", "case_method_chosen", "Als je wil luisteren.", "weg"),
    Press(
        "Dirk", "case intake", "case_wish_chosen", "Een uitgewerkte methode voor een vaste groep", "method_of_the_group"
    ),
    Press("Dirk", "digest page", "digest_period_chosen", "Wat er leefde: academiejaar 2026–2027", "2026-2027"),
    Press("Anna", "home", "language_chosen", "Ouvert pour toi", "fr"),
    Press("Anna", RHYTHM, "pause_until_chosen", "Pauze. Tot maandag 1 februari", "2027-02-01"),
    Press("Elif", AUTHOR, "support_needed_chosen", "Willen 20 mensen op een vraag antwoorden", "20"),
]
