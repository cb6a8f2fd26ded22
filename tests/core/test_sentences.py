"""The first sentence of what a step asks."""

import pytest

from bot.core.text import first_sentence


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Vertel kort wat er speelt. Schrijf daarna je vraag.", "Vertel kort wat er speelt."),
        ("Wat wil je weten? Vraag het.", "Wat wil je weten?"),
        ("Neem je tijd… Schrijf dan.", "Neem je tijd…"),
        ("Begin met ‘ik hoor dat je…’. Blijf kort.", "Begin met ‘ik hoor dat je…’."),
        ("Zeg wat je hoort: ‘Is het zo?’ Wacht dan.", "Zeg wat je hoort: ‘Is het zo?’"),
        ("Noem een rol, bv. Stagiair of Mentor. Geen namen.", "Noem een rol, bv. Stagiair of Mentor."),
        ("Schrijf als de ander, d.w.z. Anna of Bram. Dan niets.", "Schrijf als de ander, d.w.z. Anna of Bram."),
        ("Vragen, tips, enz. Alles mag.", "Vragen, tips, enz."),
        ("Lees wat dr. Peeters en A. Claes vroegen. Antwoord dan.", "Lees wat dr. Peeters en A. Claes vroegen."),
        ("Kijk naar tips, vragen enz. en kies.", "Kijk naar tips, vragen enz. en kies."),
        ("Pick a role, e.g. Mentor, or i.e. Coach. Keep it.", "Pick a role, e.g. Mentor, or i.e. Coach."),
        ("You and I. We ask.", "You and I."),
        ("Say “I see.” Then wait.", "Say “I see.”"),
        (
            "Choisis un rôle, p. ex. Mentor, c.-à-d. Celui qui guide. Puis écris.",
            "Choisis un rôle, p. ex. Mentor, c.-à-d. Celui qui guide.",
        ),
        ("Que demandes-tu\u202f? Écris-le.", "Que demandes-tu\u202f?"),
        ("Dis «\xa0Je vois.\xa0» Œuvre ensuite.", "Dis «\xa0Je vois.\xa0»"),
        ("Écris à M. Dubois. Attends.", "Écris à M. Dubois."),
        ("Drie dingen:\n- wat je zag\n- wat je deed\n\nNeem je tijd.", "Drie dingen:\n- wat je zag\n- wat je deed"),
        ("Neem dit\nsamen door. Daarna\nniets.", "Neem dit\nsamen door."),
        ("één woord volstaat", "één woord volstaat"),
        ("  Om 12.30 uur. dat is het.  ", "Om 12.30 uur. dat is het."),
    ],
)
def test_it_ends_where_another_begins_and_not_at_an_abbreviation(text: str, first: str):
    assert first_sentence(text) == first
