"""My journal: everything a member wrote for themselves, to read, to search, to take along and to wipe; and insights.

Where to look: `journal` shows pages and entries; `insights` makes one sentence of an entry, and keeps or shares it;
`export` makes a file of it all; `retention` wipes it all, and asks once a year whether it may stay.
"""
