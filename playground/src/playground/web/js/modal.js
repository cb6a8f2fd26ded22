// A form of the app, on top of everything. Only the top of the stack shows; closing it gives back the one below.
import { blocks } from "./blocks.js";
import { plainText } from "./blocktext.js";
import { avatar } from "./avatar.js";
import { complaints, typed, viewContainer } from "./forms.js";
import { icon } from "./icons.js";
import { act, actOnce } from "./link.js";
import { change, state } from "./state.js";
import { t } from "./texts.js";
import { h } from "./vdom.js";

export function modal(view) {
  const waiting = state.waiting.has(view.id);
  const c = viewContainer(view);
  return h("dialog", { class: "modal", key: `modal ${view.id}`, "aria-labelledby": `title-${view.id}`, "aria-busy": waiting ? "true" : null,
    hook: open, oncancel: (event) => { event.preventDefault(); if (!state.menu) dismiss(view); } },
    h("form", { class: "modal-form", novalidate: true, onsubmit: (event) => { event.preventDefault(); submit(view, c); } },
      head(view),
      h("div", { class: "modal-body", tabindex: "-1" }, blocks(c)),
      foot(view, waiting)));
}

/** Show it as a real modal (the browser keeps the focus inside) and begin in the first field. */
export function open(el) {
  el.showModal();
  const first = el.querySelector("[data-first], .modal-body :is(input, textarea, select, .field), .modal-foot .primary");
  first?.focus({ preventScroll: true });
}

const head = (view) => h("header", { class: "modal-head" }, avatar(state.snapshot.app.user, "small"),
  h("h2", { id: `title-${view.id}` }, plainText(view.title)),
  h("button", { type: "button", class: "tool", "aria-label": t("close"), title: t("close"), onclick: () => dismiss(view) }, icon("close")));

function foot(view, waiting) {
  const close = plainText(view.close) || t(view.submit ? "cancel" : "close");
  return h("footer", { class: "modal-foot" },
    example(view),
    state.errors[view.id]?.[""] ? h("p", { class: "error", role: "alert" }, state.errors[view.id][""]) : null,
    h("button", { type: "button", class: "button", onclick: () => dismiss(view) }, close),
    view.submit ? h("button", { type: "submit", class: waiting ? "button primary waiting" : "button primary", disabled: waiting }, plainText(view.submit)) : null);
}

/** A button of the page, not of the app: it fills in the example that a guide has for this form. */
function example(view) {
  if (state.example?.view !== view.id) return null;
  const fill = () => change((s) => {
    const form = (s.forms[view.id] ??= {});
    for (const [block, values] of Object.entries(s.example.values)) form[block] = { ...form[block], ...values };
    s.errors[view.id] = {};
  });
  return h("button", { type: "button", class: "button fill-example", title: t("of_the_page"), onclick: fill }, t("fill_example"));
}

const dismiss = (view) => act("closes", { view: view.id });

async function submit(view, c) {
  if (state.waiting.has(view.id) || !view.submit) return;
  const wrong = complaints(c);
  change((s) => { s.errors[view.id] = wrong; });
  if (Object.keys(wrong).length) return focusFirstError();
  change((s) => s.waiting.add(view.id));
  const answer = await actOnce("submits", { view: view.id, values: typed(c) }, () => sentAgain(view));
  change((s) => { s.waiting.delete(view.id); s.errors[view.id] = answer?.errors || {}; });
  if (answer?.errors) focusFirstError();
}

/** The same form as the app made it anew, with what was filled in and still has its field there. */
function sentAgain(view) {
  const now = state.snapshot.modal;
  if (!now?.submit || now.callback_id !== view.callback_id || now.hash === view.hash) return null;
  state.forms[now.id] ??= state.forms[view.id] || {};
  return { view: now.id, values: typed(viewContainer(now)) };
}

/** After the redraw, bring the first field with a complaint into sight. */
const focusFirstError = () => setTimeout(() => {
  const error = document.querySelector("dialog[open] .block .error");
  error?.scrollIntoView({ block: "center" });
  error?.parentElement.querySelector(".field, input")?.focus({ preventScroll: true });
});
