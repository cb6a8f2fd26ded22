"""What other wings may ask of circles: its services and queries. They import nothing else but `types`."""

from bot.circles.access import (
    CircleContext,
    circle_by_id,
    circle_here,
    in_circle,
    known_member,
    led_circle,
    require_in_circle,
    require_known,
    require_member_of,
    require_moderator,
    zone_of,
)
from db.queries.circles import (
    active_moderators_of,
    all_circles,
    circle_at,
    circles_of,
    circles_to_set_up,
    circles_without_moderator,
    first_circle_of,
    is_moderator,
    lost_circles_of,
    moderators_of,
    set_moderators,
)
