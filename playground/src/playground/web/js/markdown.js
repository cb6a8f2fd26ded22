// The markdown block: standard Markdown, as far as a bot's messages go.
import { emoji } from "./emoji.js";
import { link, mention } from "./mrkdwn.js";
import { h } from "./vdom.js";

const INLINE = /`([^`\n]+)`|\[([^\]]*)\]\(([^()\s]+)\)|(\*\*|__|~~|\*|_)(?=\S)([\s\S]*?\S)\4|<@([A-Z0-9]+)>|<(https?:[^>|]+)>|:([a-z0-9_+-]+):|\\([\\`*_{}[\]()#+\-.!~>|])/;
const TAGS = { "**": "strong", __: "strong", "~~": "s", "*": "em", _: "em" };

export function inlineMarkdown(text) {
  const out = [];
  let rest = text;
  for (let found = INLINE.exec(rest); found; found = INLINE.exec(rest)) {
    if (found.index) out.push(rest.slice(0, found.index));
    out.push(piece(found));
    rest = rest.slice(found.index + found[0].length);
  }
  if (rest) out.push(rest);
  return out;
}

function piece([, code, label, href, mark, styled, user, url, short, escaped]) {
  if (code) return h("code", {}, code);
  if (href) return link(href, label);
  if (mark) return h(TAGS[mark], {}, inlineMarkdown(styled));
  if (user) return mention(user);
  if (url) return link(url);
  if (short) return emoji(short);
  return escaped;
}

const RULES = [
  ["heading", /^(#{1,6})\s+(.*)$/],
  ["rule", /^\s*([-*_])(\s*\1){2,}\s*$/],
  ["quote", /^>\s?(.*)$/],
  ["bullet", /^\s*[-*+]\s+(.*)$/],
  ["number", /^\s*\d+[.)]\s+(.*)$/],
  ["row", /^\s*\|(.*)\|\s*$/],
  ["blank", /^\s*$/],
];

function classify(line) {
  for (const [kind, pattern] of RULES) {
    const found = pattern.exec(line);
    if (found) return { kind, text: found.at(-1), level: kind === "heading" ? found[1].length : 0 };
  }
  return { kind: "text", text: line };
}

/** Whole text to vnodes. */
export function markdown(text) {
  return (text || "").split(/```[\w-]*\n?([\s\S]*?)```/).flatMap((part, index) =>
    index % 2 ? [h("pre", {}, part.replace(/\n$/, ""))] : grouped(part).map(group));
}

function grouped(text) {
  const groups = [];
  for (const line of text.split("\n").map(classify)) {
    const together = groups.at(-1)?.[0].kind === line.kind && !["heading", "rule"].includes(line.kind);
    if (together) groups.at(-1).push(line);
    else groups.push([line]);
  }
  return groups.filter(([first]) => first.kind !== "blank");
}

const GROUPS = {
  heading: ([line]) => h(`h${Math.min(line.level + 2, 6)}`, {}, inlineMarkdown(line.text)),
  rule: () => h("hr"),
  quote: (all) => h("blockquote", {}, inlineMarkdown(all.map((line) => line.text).join("\n"))),
  bullet: (all) => h("ul", {}, all.map((line) => h("li", {}, inlineMarkdown(line.text)))),
  number: (all) => h("ol", {}, all.map((line) => h("li", {}, inlineMarkdown(line.text)))),
  row: table,
  text: (all) => h("p", {}, inlineMarkdown(all.map((line) => line.text).join("\n"))),
};

const group = (same) => GROUPS[same[0].kind](same);

function table(all) {
  const rows = all.map((line) => line.text.split("|").map((cell) => cell.trim()));
  const body = rows.filter((row) => !row.every((cell) => /^:?-+:?$/.test(cell)));
  const [head, ...rest] = body;
  const cells = (row, tag) => h("tr", {}, row.map((cell) => h(tag, {}, inlineMarkdown(cell))));
  return h("table", {}, h("thead", {}, cells(head, "th")), h("tbody", {}, rest.map((row) => cells(row, "td"))));
}
