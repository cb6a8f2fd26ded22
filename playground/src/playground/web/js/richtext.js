// rich_text blocks: sections, lists, quotes and preformatted text.
import { emoji } from "./emoji.js";
import { slackDate } from "./format.js";
import { channelLink, link, mention } from "./mrkdwn.js";
import { h } from "./vdom.js";

export const richTextBlock = (block) => block.elements.map((element) => CONTAINERS[element.type]?.(element) ?? "");

const content = (element) => element.elements.map((leaf) => styled(leaf, LEAVES[leaf.type]?.(leaf) ?? ""));

function list(element) {
  const tag = element.style === "ordered" ? "ol" : "ul";
  const items = element.elements.map((item) => h("li", {}, content(item)));
  return h(tag, { class: `indent-${element.indent || 0}`, start: tag === "ol" ? (element.offset || 0) + 1 : null }, items);
}

const CONTAINERS = {
  rich_text_section: (element) => h("div", { class: "lines pre-line" }, content(element)),
  rich_text_list: list,
  rich_text_quote: (element) => h("blockquote", { class: "pre-line" }, content(element)),
  rich_text_preformatted: (element) => h("pre", {}, content(element)),
};

const LEAVES = {
  text: (leaf) => leaf.text,
  emoji: (leaf) => emoji(leaf.name),
  link: (leaf) => link(leaf.url, leaf.text),
  user: (leaf) => mention(leaf.user_id),
  channel: (leaf) => channelLink(leaf.channel_id),
  usergroup: () => h("span", { class: "mention" }, "@group"),
  broadcast: (leaf) => h("span", { class: "mention loud" }, `@${leaf.range}`),
  date: (leaf) => h("time", {}, slackDate(leaf.timestamp, leaf.format)),
};

const TAGS = [["code", "code"], ["strike", "s"], ["italic", "em"], ["bold", "strong"]];

function styled(leaf, inner) {
  return TAGS.reduce((node, [style, tag]) => (leaf.style?.[style] ? h(tag, {}, node) : node), inner);
}
