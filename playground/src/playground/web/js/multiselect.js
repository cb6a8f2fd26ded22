// Choosing several: a button that shows what is chosen, and a list with a box for each.
import { icon } from "./icons.js";
import { popover } from "./menu.js";
import { change, state } from "./state.js";
import { t } from "./texts.js";
import { h } from "./vdom.js";

export function multiSelect(field) {
  const open = state.menu === field.id;
  const known = field.groups.flatMap((group) => group.options);
  const chosen = field.given.map((value) => known.find((one) => one.value === value)?.text ?? value);
  const toggle = (event) => {
    event.stopPropagation();
    change((s) => { s.menu = open ? null : field.id; });
  };
  const face = chosen.length ? chosen.map((text) => h("span", { class: "chip" }, text)) : h("span", { class: "placeholder" }, field.placeholder);
  return h("div", { class: "menu-anchor wide" },
    h("button", { ...named(field, chosen), type: "button", id: field.id, class: "field multi", "aria-haspopup": "listbox", "aria-expanded": String(open), onclick: toggle },
      h("span", { class: "chips" }, face), icon("down")),
    open ? popover(h("div", { class: "menu boxes", role: "group", "aria-label": field.placeholder }, list(field), done())) : null);
}

/** A button's own text would hide the field's name from a screen reader, so the name carries both. */
function named(field, chosen) {
  const { "aria-labelledby": by, "aria-label": label, ...rest } = field.named;
  if (by) return { ...rest, "aria-labelledby": `${by} ${field.id}` };
  return { ...rest, "aria-label": [label || field.placeholder, ...chosen].join(", ") };
}

function list(field) {
  return field.groups.map((group) => [
    group.label ? h("div", { class: "group-label" }, group.label) : null,
    group.options.map((one) => box(field, one)),
  ]);
}

function box(field, one) {
  const checked = field.given.includes(one.value);
  const full = field.most && field.given.length >= field.most && !checked;
  const toggled = checked ? field.given.filter((value) => value !== one.value) : [...field.given, one.value];
  return h("label", { class: "option", key: one.value },
    h("input", { type: "checkbox", checked, disabled: full, onchange: () => field.choose(toggled) }), h("span", {}, one.text));
}

const done = () => h("button", { type: "button", class: "button small", onclick: () => change((s) => { s.menu = null; }) }, t("done"));
