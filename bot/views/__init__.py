"""Views: plain values in, Slack JSON out; one file per surface."""
