// What every dialog of the page itself looks like.
import { icon } from "./icons.js";
import { open } from "./modal.js";
import { change } from "./state.js";
import { t } from "./texts.js";
import { h } from "./vdom.js";

export const closeDialog = () => change((s) => { s.dialog = null; });

export function frame(title, body, foot, close = closeDialog) {
  return h("dialog", { class: "modal small-modal", key: "page dialog", "aria-labelledby": "dialog-title", hook: open, oncancel: (event) => { event.preventDefault(); close(); } },
    h("div", { class: "modal-form" },
      h("header", { class: "modal-head" }, h("h2", { id: "dialog-title" }, title),
        h("button", { type: "button", class: "tool", "aria-label": t("close"), onclick: close }, icon("close"))),
      h("div", { class: "modal-body" }, body), foot ? h("footer", { class: "modal-foot" }, foot) : null));
}

export const press = (words, run, look = "") => h("button", { type: "button", class: `button ${look}`, onclick: run }, words);
