"""What the bot decides, says and does; nothing here knows Bolt, threads or a scheduler."""
