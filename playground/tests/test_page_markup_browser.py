"""What Slack's markup becomes on the page: the same functions as the page uses, asked in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from chromium import needs_chromium
from page_world import PageWorld, served

pytestmark = needs_chromium

DRAW = """
async ([file, name, given]) => {
    const { h, mount } = await import("/web/js/vdom.js");
    const draw = (await import(`/web/js/${file}.js`))[name];
    const root = document.createElement("div");
    mount(root)(h("div", {}, draw(given)));
    return root.firstChild.innerHTML;
}
"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with served(PageWorld().workspace) as address:
        page = browser.new_page(locale="en")
        page.goto(f"{address}/?as=anna&lang=en")
        page.get_by_role("main").wait_for()
        yield page


def mrkdwn(page: Page, text: str) -> str:
    drawn: str = page.evaluate(DRAW, ["mrkdwn", "mrkdwn", text])
    return drawn.replace('<div class="lines">', "").replace("</div>", "")


def markdown(page: Page, text: str) -> str:
    drawn: str = page.evaluate(DRAW, ["markdown", "markdown", text])
    return drawn


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("*bold* _slanted_ ~gone~", "<strong>bold</strong> <em>slanted</em> <s>gone</s>"),
        ("*bold and _slanted_*", "<strong>bold and <em>slanted</em></strong>"),
        ("snake_case_name and 2*3*4", "snake_case_name and 2*3*4"),
        ("(*bold*), _so_!", "(<strong>bold</strong>), <em>so</em>!"),
        ("`*not bold*`", "<code>*not bold*</code>"),
        ("&lt;b&gt; &amp; co", "&lt;b&gt; &amp; co"),
        ("first\nsecond", "first<br>second"),
        ("&gt; heard\nsaid", "<blockquote>heard</blockquote>said"),
        ("• one\n• two", "<ul><li>one</li><li>two</li></ul>"),
        ("1. one\n2. two", '<ol start="1"><li>one</li><li>two</li></ol>'),
        ("```a\n *b*```", "<pre>a\n *b*</pre>"),
        (":seedling: :nobody_knows:", '<span class="emoji" role="img" aria-label="seedling">🌱</span> :nobody_knows:'),
        ("<!here>", '<span class="mention loud">@here</span>'),
        ("at 10:30:00 sharp", "at 10:30:00 sharp"),
    ],
)
def test_mrkdwn(page: Page, written: str, shown: str) -> None:
    assert mrkdwn(page, written) == shown


def test_a_mention_is_a_name_and_ones_own_stands_out(page: Page) -> None:
    assert mrkdwn(page, "<@U0BRAM>") == '<span class="mention">@Bram</span>'
    assert mrkdwn(page, "<@U0ANNA>") == '<span class="mention loud">@Anna</span>'


def test_a_link_opens_elsewhere_and_only_if_it_is_one(page: Page) -> None:
    assert 'href="https://example.org/a&amp;b"' in mrkdwn(page, "<https://example.org/a&amp;b|our page>")
    assert mrkdwn(page, "<javascript:alert(1)|press me>") == "press me"


@pytest.mark.parametrize(
    ("tokens", "shown"),
    [("{date_num}", "2026-11-25"), ("{date} {time}", "25 November 2026 10:46"), ("{unknown}", "{unknown}")],
)
def test_dates_are_in_the_zone_of_the_reader(page: Page, tokens: str, shown: str) -> None:
    assert f">{shown}</time>" in mrkdwn(page, f"<!date^1795599960^{tokens}|later>")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("## Month", "<h4>Month</h4>"),
        ("**four** and *three*", "<p><strong>four</strong> and <em>three</em></p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("> heard", "<blockquote>heard</blockquote>"),
        ("---", "<hr>"),
        (r"\*plain\*", "<p>*plain*</p>"),
        (
            "| a | b |\n|---|---|\n| 1 | 2 |",
            "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>",
        ),
    ],
)
def test_markdown_blocks(page: Page, written: str, shown: str) -> None:
    assert markdown(page, written) == shown


def test_rich_text_keeps_its_styles_and_lists(page: Page) -> None:
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": "so", "style": {"bold": True}}]}
    block = {
        "type": "rich_text",
        "elements": [section, {"type": "rich_text_list", "style": "bullet", "elements": [section]}],
    }
    drawn = page.evaluate(DRAW, ["richtext", "richTextBlock", block])
    assert drawn.count("<strong>so</strong>") == 2
    assert "<li><strong>so</strong></li>" in drawn


def test_every_text_of_the_page_exists_in_three_languages(page: Page) -> None:
    texts = page.evaluate("async () => (await import('/web/js/texts.js')).TEXTS")
    assert [key for key, each in texts.items() if len(list(filter(str.strip, each))) != 3] == []
    holes = {key: {words.count("{0}") for words in each} for key, each in texts.items()}
    assert [key for key, counts in holes.items() if len(counts) > 1] == []
