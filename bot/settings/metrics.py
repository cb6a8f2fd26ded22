"""What the bot counts for its operator: events, never people or words."""

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest


class Metrics:
    """The counters of one bot, in a registry of its own, since tests run several bots in one process."""

    def __init__(self) -> None:
        self.registry = here = CollectorRegistry()
        labels = ["type", "subtype"]
        self.ignored_events = Counter("klankbord_ignored_events", "Events without a handler.", labels, registry=here)
        self.refused_teams = Counter(
            "klankbord_refused_teams", "Requests of another workspace, refused.", registry=here
        )
        self.ticks = Counter("klankbord_ticks", "Runs of each tick.", ["tick"], registry=here)
        self.failed_ticks = Counter("klankbord_failed_ticks", "Runs of each tick that failed.", ["tick"], registry=here)
        self.last_tick = Gauge("klankbord_last_tick_seconds", "When the ticks last ran.", registry=here)

    def render_metrics(self) -> bytes:
        """All counters, in the format of Prometheus."""
        return generate_latest(self.registry)
