// "/" at the start shows the commands, "@" anywhere the people.
import { avatar } from "./avatar.js";
import { change, state } from "./state.js";
import { t } from "./texts.js";
import { h } from "./vdom.js";

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function commands(text) {
  if (!/^\/\S*$/.test(text)) return [];
  return state.snapshot.commands.filter((one) => one.command.startsWith(fold(text))).map((one) => ({
    key: one.command, title: one.command, hint: one.usage_hint, note: one.description, whole: `${one.command} `,
  }));
}

function people(text) {
  const found = /(^|\s)@([\p{L}\p{N}._-]*)$/u.exec(text);
  if (!found) return [];
  const wanted = fold(found[2]);
  const fitting = state.snapshot.people.filter((one) => fold(one.name).startsWith(wanted) || fold(one.real_name).startsWith(wanted));
  return fitting.slice(0, 8).map((one) => ({
    key: one.id, title: one.real_name || one.name, note: one.is_bot ? "APP" : "", face: avatar(one.id, "small"),
    whole: `${text.slice(0, text.length - found[2].length)}${one.name} `,
  }));
}

/** What fits what was typed, as {items, index}, or null. Slash commands only where Slack takes them: not in a thread. */
export function completionFor(box, text) {
  if (!text || state.completion.dismissed === text) return null;
  const items = [...(box.commands ? commands(text) : []), ...people(text)];
  if (!items.length || items.some((item) => item.key === text)) return null;
  return { items, index: Math.min(state.completion.index, items.length - 1) };
}

export function completionList(box, { items, index }) {
  const title = box.commands && items[0].title.startsWith("/") ? t("commands") : t("people");
  return h("div", { class: "completion", role: "listbox", id: `complete-${box.key}`, "aria-label": title },
    h("div", { class: "completion-title", role: "presentation" }, title),
    items.map((item, at) => h("div", {
      class: at === index ? "completion-item active" : "completion-item", role: "option", id: `complete-${box.key}-${at}`, key: item.key,
      "aria-selected": String(at === index), onmousedown: (event) => { event.preventDefault(); take(box, item); },
    }, item.face || null, h("span", { class: "completion-name" }, item.title), item.hint ? h("code", {}, item.hint) : null,
    h("span", { class: "completion-note" }, item.note || ""))));
}

function take(box, item) {
  change((s) => { s.drafts[box.key] = item.whole; s.completion = { index: 0, dismissed: item.whole }; });
}

/** Keys while the list is open; true when the key was for the list. */
export function completionKeys(box, event, { items, index }) {
  const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const complete = event.key === "Tab" || (event.key === "Enter" && !event.shiftKey);
  if (!move && !complete && event.key !== "Escape") return false;
  event.preventDefault();
  event.stopPropagation();
  if (move) change((s) => { s.completion.index = (index + move + items.length) % items.length; });
  else if (complete) take(box, items[index]);
  else change((s) => { s.completion.dismissed = event.target.value; });
  return true;
}
