// Where people type: a growing text area with a send button and completion for "/" and "@".
import { completionFor, completionKeys, completionList } from "./completion.js";
import { icon } from "./icons.js";
import { act } from "./link.js";
import { menuButton } from "./menu.js";
import { change, changeAside, state } from "./state.js";
import { t } from "./texts.js";
import { h } from "./vdom.js";

/** {key, label, placeholder, send(text), cancel, start, channel, focus}: one box, its draft kept under `key`. */
export function composerBox(box) {
  const text = state.drafts[box.key] ?? box.start ?? "";
  const completion = completionFor(box, text);
  return h("form", { class: box.cancel ? "composer inline" : "composer", key: box.key, onsubmit: (event) => { event.preventDefault(); send(box); } },
    completion ? completionList(box, completion) : null,
    box.commands ? shortcuts() : null,
    h("textarea", {
      class: "composer-text", "aria-label": box.label, placeholder: box.placeholder || null, rows: 1, value: text,
      "aria-autocomplete": "list", "aria-controls": completion ? `complete-${box.key}` : null,
      "aria-activedescendant": completion ? `complete-${box.key}-${completion.index}` : null,
      oninput: (event) => typed(box, event.target), onkeydown: (event) => keys(box, event, completion),
      hook: (el) => { grow(el); if (box.focus || box.cancel) focusEnd(el); },
    }),
    buttons(box, text));
}

function shortcuts() {
  const offered = state.snapshot.shortcuts.filter((one) => one.type === "global");
  if (!offered.length) return null;
  const items = offered.map((one) => ({ text: one.name, note: state.snapshot.app.name, run: () => act("shortcut", { callback_id: one.callback_id }) }));
  return menuButton({ id: "shortcuts", label: t("shortcuts"), look: "tool", face: icon("plus"), items });
}

function buttons(box, text) {
  if (!box.cancel) return h("button", { type: "submit", class: "send", "aria-label": t("send"), title: t("send"), disabled: !text.trim() }, icon("send"));
  return h("div", { class: "composer-buttons" },
    h("button", { type: "button", class: "button small", onclick: () => { forget(box); box.cancel(); } }, t("cancel")),
    h("button", { type: "submit", class: "button small primary" }, t("save")));
}

function typed(box, el) {
  grow(el);
  const look = box.cancel ? change : changeAside;   // the box of an edit stands among the messages
  look((s) => { s.drafts[box.key] = el.value; s.completion = { index: 0, dismissed: "" }; });
}

function keys(box, event, completion) {
  if (event.isComposing) return;
  if (completion && completionKeys(box, event, completion)) return;
  if (event.key === "Escape" && box.cancel) { forget(box); box.cancel(); }
  if (event.key !== "Enter" || event.shiftKey) return;
  event.preventDefault();
  send(box);
}

async function send(box) {
  const text = state.drafts[box.key] ?? box.start ?? "";
  if (!text.trim()) return;
  forget(box);
  const refused = (await box.send(text)) === false;
  // Nobody should have to type it again because the line was down.
  if (refused) change((s) => { s.drafts[box.key] ||= text; });
}

const forget = (box) => change((s) => { delete s.drafts[box.key]; });

function grow(el) {
  el.grownFor = el.value;
  el.style.height = "auto";
  el.style.height = `${Math.min(el.scrollHeight, 220)}px`;
}

function focusEnd(el) {
  el.focus();
  el.setSelectionRange(el.value.length, el.value.length);
}

/** After a redraw a box may have been emptied or filled in; its height follows. */
export const growAll = () => document.querySelectorAll(".composer-text").forEach((el) => el.grownFor === el.value || grow(el));
