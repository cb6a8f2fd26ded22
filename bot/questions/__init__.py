"""The circle's own say in what it is asked each week.

Where to look: `page` shows what is proposed; `proposing` keeps proposals and who would answer them; `wording` finds
better words with the author; `library_page` shows and retires prompts; `volunteering` plans the questions to come;
`selection` decides which question comes next.
"""
