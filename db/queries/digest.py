"""Counting for a digest: how many, and how many different people stand behind it. Never who, never what they wrote."""



