"""What crosses from circles to the rules and views of other wings: values, enums and pure functions."""

from bot.circles.surfaces import CirclePointer, read_circle_id
from bot.circles.views import language_options, lost_place_text, named_people, own_language_section
