// A button that opens a menu. Only one menu is open at a time; it lives beside its button, so that it also works inside a dialog.
import { change, state } from "./state.js";
import { h } from "./vdom.js";

const close = () => change((s) => { s.menu = null; });

/** items: {text, run | href, danger, selected, face}, or {line: true}. `face` is what the button shows, `look` its class; a palette shows faces only. */
export function menuButton({ id, label, look, face, items, palette = false, role = "menuitem" }) {
  const open = state.menu === id;
  const toggle = (event) => {
    event.stopPropagation();
    change((s) => { s.menu = open ? null : id; });
  };
  return h("span", { class: "menu-anchor", key: `menu ${id}` },
    h("button", { type: "button", class: look, "aria-label": label, title: label, "aria-haspopup": "menu", "aria-expanded": String(open), onclick: toggle }, face),
    open ? popover(h("div", { class: palette ? "menu palette" : "menu", role: "menu", "aria-label": label }, items.map((item) => entry(item, role)))) : null);
}

function entry(item, role) {
  if (item.line) return h("hr");
  const run = () => { close(); item.run?.(); };
  const shown = [item.face || null, h("span", { class: "menu-text" }, item.text), item.note ? h("small", {}, item.note) : null];
  const look = { class: item.danger ? "menu-item danger" : "menu-item", role, tabindex: "-1", "aria-checked": role === "menuitemradio" ? String(Boolean(item.selected)) : null };
  if (item.href) return h("a", { ...look, href: item.href, target: "_blank", rel: "noopener noreferrer", onclick: close }, shown);
  return h("button", { ...look, type: "button", onclick: run }, shown);
}

/** Lift something into the top layer, beside the element it belongs to. */
export function popover(inner) {
  return h("div", { class: "popover", popover: "manual", hook: show, onkeydown: keys, onclick: (event) => event.stopPropagation() }, inner);
}

function show(el) {
  const anchor = el.parentElement.getBoundingClientRect();
  el.showPopover?.();
  const { width, height } = el.getBoundingClientRect();
  const under = anchor.bottom + height + 8 < innerHeight;
  el.style.left = `${Math.max(8, Math.min(anchor.left, innerWidth - width - 8))}px`;
  el.style.top = `${under ? anchor.bottom + 4 : Math.max(8, anchor.top - height - 4)}px`;
  el.querySelector("input, .menu-item, button")?.focus();
}

const STEPS = { ArrowDown: 1, ArrowUp: -1 };

function keys(event) {
  if (event.key === "Escape" || event.key === "Tab") return leave(event);
  if (!(event.key in STEPS)) return;
  event.preventDefault();
  const entries = [...event.currentTarget.querySelectorAll(".menu-item, input")];
  const at = entries.indexOf(document.activeElement);
  entries[(at + STEPS[event.key] + entries.length) % entries.length]?.focus();
}

function leave(event) {
  event.stopPropagation();
  if (event.key === "Escape") event.preventDefault();
  event.currentTarget.parentElement.querySelector("button")?.focus();
  close();
}

/** A press anywhere else closes what is open. */
export const closeOnOutside = () => document.addEventListener("click", (event) => {
  if (state.menu && !event.target.closest?.(".popover")) close();
});
