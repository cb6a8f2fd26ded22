"""The weekly question of a circle, and what its members answer.

Where to look: `rounds` posts the question; `answers` keeps what somebody writes in the form (also one that is sent
twice); `answer_visibility` shows it to others or takes it away (also when a post of it is deleted in Slack);
`nameless` posts what is shared without a name; `replies` follows what is typed in the thread: its edits, its deletion,
and members who opt out.
"""
