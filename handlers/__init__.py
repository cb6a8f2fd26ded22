"""Where people knock: one file per Slack surface. Payload in, one use case call, answer out."""
