"""The Web API, by family. Importing this package registers every method."""

from playground.methods import basics, chat, conversations, files, history, membership, reactions, users, views

__all__ = ["basics", "chat", "conversations", "files", "history", "membership", "reactions", "users", "views"]
