"""The style of the HTML files that the bot writes: a journal, a digest."""

STYLE = """
body { font: 11pt/1.5 Georgia, serif; max-width: 42rem; margin: 3rem auto; padding: 0 1rem; color: #222; }
h1, h2 { font-family: Verdana, sans-serif; font-weight: 600; line-height: 1.25; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; } tr { break-inside: avoid; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem .4rem 0; border-bottom: 1px solid #ccc; }
.small { font-size: .85rem; color: #555; }
@media print { body { margin: 0; max-width: none; } }
""".strip()
