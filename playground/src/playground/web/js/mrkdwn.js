// Slack's mrkdwn to vnodes. Text from people only ever becomes text nodes, so there is nothing to escape here.
import { emoji } from "./emoji.js";
import { slackDate } from "./format.js";
import { channelById, change, person, state } from "./state.js";
import { h } from "./vdom.js";

export const decode = (text) => text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");

const STYLES = { "*": "strong", _: "em", "~": "s" };
// A style mark opens after a space or punctuation and closes before one, so that snake_case and 2*3*4 stay what they are.
const TOKEN = /`([^`\n]+)`|<([^<>\n]+)>|(?<![\p{L}\p{N}*_~])([*_~])(?=\S)([^\n]*?\S)\3(?![\p{L}\p{N}*_~])|:([a-z0-9_+-]+):/u;

/** One run of text, without line structure. */
export function inline(text) {
  const out = [];
  let rest = text;
  for (let found = TOKEN.exec(rest); found; found = TOKEN.exec(rest)) {
    if (found.index) out.push(decode(rest.slice(0, found.index)));
    out.push(token(found));
    rest = rest.slice(found.index + found[0].length);
  }
  if (rest) out.push(decode(rest));
  return out;
}

function token([whole, code, angle, mark, styled, short]) {
  if (code) return h("code", {}, decode(code));
  if (angle) return reference(angle);
  if (mark) return h(STYLES[mark], {}, inline(styled));
  const known = emoji(short);
  return known === whole ? whole : h("span", { class: "emoji", role: "img", "aria-label": short }, known);
}

function reference(body) {
  const [target, label] = body.split(/\|(.*)/s);
  if (target.startsWith("@")) return mention(target.slice(1), label);
  if (target.startsWith("#")) return channelLink(target.slice(1), label);
  if (target.startsWith("!date^")) return date(target, label);
  if (target.startsWith("!subteam^")) return h("span", { class: "mention" }, label || "@group");
  if (target.startsWith("!")) return h("span", { class: "mention loud" }, `@${label || target.slice(1)}`);
  return link(decode(target), label && decode(label));
}

export function mention(id, label) {
  const who = person(id);
  const mine = id === state.snapshot.me.id;
  return h("span", { class: mine ? "mention loud" : "mention" }, `@${who?.real_name || label || id}`);
}

export function channelLink(id, label) {
  const channel = channelById(id);
  const name = `#${channel?.name || label || id}`;
  if (!channel) return h("span", { class: "mention" }, name);
  return h("button", { class: "mention as-link", type: "button", onclick: () => goTo(id) }, name);
}

const goTo = (id) => change((s) => Object.assign(s, { place: id, thread: null, drawer: false }));

function date(target, label) {
  const [, seconds, pattern, href] = target.split("^");
  const text = Number.isFinite(+seconds) && pattern ? slackDate(+seconds, pattern) : label || "";
  const time = h("time", { title: slackDate(+seconds, "{date_long_full} {time}") }, text);
  return href ? h("a", { href, target: "_blank", rel: "noopener noreferrer" }, time) : time;
}

// Slack's own address of a conversation (docs.slack.dev: deep linking), for one without a name to show.
const CONVERSATION = /^https:\/\/slack\.com\/app_redirect\?channel=([A-Z0-9]+)$/;

export function link(href, label) {
  const [, id] = CONVERSATION.exec(href) || [];
  if (id && channelById(id)) return h("button", { class: "mention as-link", type: "button", onclick: () => goTo(id) }, label || href);
  if (!/^(https?:|mailto:|tel:)/i.test(href)) return label || href;
  return h("a", { href, target: "_blank", rel: "noopener noreferrer" }, label || href.replace(/^mailto:/, ""));
}

/** Whole text: fenced code, quotes, bullets and lines. */
export function mrkdwn(text) {
  return (text || "").split(/```\n?([\s\S]*?)```/).flatMap((part, index) => {
    if (index % 2) return [h("pre", {}, decode(part.replace(/\n$/, "")))];
    return lines(part.replace(/^\n/, ""));
  });
}

const KINDS = [["quote", /^(?:&gt;|>)(?:&gt;|>)*\s?(.*)$/], ["bullet", /^\s*[•◦\-*]\s+(.*)$/], ["number", /^\s*(\d+[.)])\s+(.*)$/]];

function classify(line) {
  for (const [kind, pattern] of KINDS) {
    const found = pattern.exec(line);
    if (found) return { kind, text: found.at(-1), number: kind === "number" ? found[1] : null };
  }
  return { kind: "text", text: line };
}

function lines(text) {
  if (!text.trim()) return text && !text.includes("\n") ? [text] : [];
  const groups = [];
  for (const line of text.split("\n").map(classify)) {
    if (groups.at(-1)?.[0].kind === line.kind) groups.at(-1).push(line);
    else groups.push([line]);
  }
  return groups.map(group);
}

function group(same) {
  const { kind } = same[0];
  if (kind === "quote") return h("blockquote", {}, broken(same));
  if (kind === "bullet") return h("ul", {}, same.map((line) => h("li", {}, inline(line.text))));
  if (kind === "number") return h("ol", { start: parseInt(same[0].number, 10) }, same.map((line) => h("li", {}, inline(line.text))));
  return h("div", { class: "lines" }, broken(same));
}

const broken = (same) => same.flatMap((line, index) => [index ? h("br") : null, ...inline(line.text)]);

/** What a person would copy from it: for labels, notifications and tooltips. */
export function plain(text) {
  return decode((text || "").replace(/<([^<>]+)>/g, (_, body) => plainReference(body)).replace(/[*_~`]/g, ""));
}

function plainReference(body) {
  const [target, label] = body.split(/\|(.*)/s);
  if (target.startsWith("@")) return `@${person(target.slice(1))?.real_name || label || ""}`;
  if (target.startsWith("#")) return `#${channelById(target.slice(1))?.name || label || ""}`;
  return label || target;
}
