"""What happens at its time: the ticks find what is due, the scheduler runs them, the workers send the outbox."""
