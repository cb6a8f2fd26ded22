"""What is counted for whoever runs the bot: things that happened, never people or words."""

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest


class Metrics:
    """The bot's own registry, so that two bots in one process do not mix."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.ignored_events = Counter(
            "klankbord_ignored_events", "Events nobody listens to.", ["type", "subtype"], registry=self.registry
        )
        self.refused_teams = Counter(
            "klankbord_refused_teams", "Payloads of another team, refused.", registry=self.registry
        )
        self.ticks = Counter("klankbord_ticks", "Times the clock knocked.", ["tick"], registry=self.registry)
        self.last_tick = Gauge("klankbord_last_tick_seconds", "When the clock last knocked.", registry=self.registry)

    def render_metrics(self) -> bytes:
        """Everything counted, as Prometheus reads it."""
        return generate_latest(self.registry)
