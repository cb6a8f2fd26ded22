"""What the bot counts for its operator: events, never people or words."""

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest


class Metrics:
    """The counters of one bot, in a registry of its own, since tests run several bots in one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.ignored_events = Counter(
            "klankbord_ignored_events", "Events without a handler.", ["type", "subtype"], registry=self.registry
        )
        self.refused_teams = Counter(
            "klankbord_refused_teams", "Requests of another workspace, refused.", registry=self.registry
        )
        self.ticks = Counter("klankbord_ticks", "Runs of each tick.", ["tick"], registry=self.registry)
        self.last_tick = Gauge("klankbord_last_tick_seconds", "When the ticks last ran.", registry=self.registry)

    def render_metrics(self) -> bytes:
        """All counters, in the format of Prometheus."""
        return generate_latest(self.registry)
