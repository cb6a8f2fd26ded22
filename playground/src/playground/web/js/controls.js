// Everything of Block Kit a person can press, choose or type in.
import { decodeText, plainText } from "./blocktext.js";
import { dispatch, setValue, value, waitKey } from "./forms.js";
import { icon } from "./icons.js";
import { menuButton } from "./menu.js";
import { multiSelect } from "./multiselect.js";
import { isRoom, state } from "./state.js";
import { t } from "./texts.js";
import { h } from "./vdom.js";

export const idFor = (c, block, element) => `f-${c.key}-${block.block_id}-${element.action_id}`.replace(/[^\w-]/g, "_");

/** One element; `named` says what a screen reader calls it: {label} words or {labelledby} an id. */
export function control(c, block, element, named = {}) {
  const draw = CONTROLS[element.type];
  return draw ? draw(c, block, element, named) : h("em", { class: "unknown" }, t("cannot_show", element.type));
}

const dispatches = (block) => block.type !== "input" || block.dispatch_action;
const aria = (named) => ({ "aria-label": named.label, "aria-labelledby": named.labelledby, "aria-describedby": named.describedby, "aria-invalid": named.invalid ? "true" : null });

async function choose(c, block, element, given) {
  const before = value(c, block, element);
  setValue(c, block, element, given);
  if (!dispatches(block)) return;
  if (!(await dispatch(c, block, element, given))) setValue(c, block, element, before);
}

function button(c, block, element) {
  const waiting = state.waiting.has(waitKey(c, element));
  const look = { class: `button ${element.style || ""} ${waiting ? "waiting" : ""}`, "aria-label": element.accessibility_label || null };
  if (element.url) return h("a", { ...look, href: element.url, target: "_blank", rel: "noopener noreferrer" }, plainText(element.text));
  const press = () => dispatch(c, block, element, element.value ?? null, "presses");
  return h("button", { ...look, type: "button", "aria-busy": waiting ? "true" : null, onclick: press }, plainText(element.text));
}

const KINDS = { plain_text_input: "text", number_input: "number", email_text_input: "email", url_text_input: "url" };

function textInput(c, block, element, named) {
  const given = value(c, block, element) ?? "";
  const tag = element.multiline ? "textarea" : "input";
  const when = element.dispatch_action_config?.trigger_actions_on || ["on_enter_pressed"];
  const typed = (event) => {
    setValue(c, block, element, event.target.value);
    if (block.dispatch_action && when.includes("on_character_entered")) dispatch(c, block, element, event.target.value);
  };
  const entered = (event) => {
    if (event.key !== "Enter" || event.isComposing || element.multiline) return;
    event.preventDefault();
    if (block.dispatch_action && when.includes("on_enter_pressed")) dispatch(c, block, element, event.target.value);
  };
  const field = h(tag, {
    ...aria(named), id: idFor(c, block, element), class: "field", value: given, placeholder: plainText(element.placeholder) || null,
    type: tag === "input" ? KINDS[element.type] : null, rows: tag === "textarea" ? 5 : null, oninput: typed, onkeydown: entered,
    "data-first": element.focus_on_load ? "yes" : null,
  });
  return [field, counter(element, given)];
}

function counter(element, given) {
  if (!element.max_length) return null;
  const used = [...given].length;
  const look = used > element.max_length ? "counter over" : "counter";
  return h("span", { class: look, "aria-live": element.max_length - used < 50 ? "polite" : "off" }, `${used} / ${element.max_length}`);
}

/** Inputs have a label of their own; what stands loose is called by the section it belongs to, or by its placeholder. */
const nameOr = (block, named, placeholder) => (block.type === "input" || named.label ? named : { ...named, label: placeholder });

const groupsOf = (element) => element.option_groups || [{ options: element.options || [] }];

/** What can be chosen, as [{label, options: [{value, text}]}], whatever the kind of select. */
export function choices(element) {
  const kind = element.type.replace(/^multi_/, "");
  const { people, channels } = state.snapshot;
  const users = people.filter((one) => !one.is_bot).map((one) => ({ value: one.id, text: one.real_name || one.name }));
  const places = channels.filter(isRoom).map((one) => ({ value: one.id, text: `#${one.name}` }));
  if (kind === "users_select") return [{ options: users }];
  if (kind === "channels_select") return [{ options: places }];
  if (kind === "conversations_select") return [{ options: [...places, ...users] }];
  return groupsOf(element).map((one) => ({ label: plainText(one.label), options: one.options.map((option) => ({ value: option.value, text: plainText(option.text) })) }));
}

function select(c, block, element, named) {
  const given = value(c, block, element) ?? "";
  const placeholder = plainText(element.placeholder) || t("choose");
  const empty = h("option", { value: "", disabled: !block.optional, selected: given === "" }, placeholder);
  const option = (one) => h("option", { value: one.value, selected: one.value === given }, one.text);
  const body = choices(element).map((group) => group.label ? h("optgroup", { label: group.label }, group.options.map(option)) : group.options.map(option));
  return h("select", { ...aria(nameOr(block, named, placeholder)), id: idFor(c, block, element), class: given === "" ? "field empty" : "field", value: given,
    onchange: (event) => choose(c, block, element, event.target.value || null) }, empty, body);
}

function multi(c, block, element, named) {
  const given = value(c, block, element) ?? [];
  const placeholder = plainText(element.placeholder) || t("choose");
  return multiSelect({ id: idFor(c, block, element), groups: choices(element), given, placeholder, most: element.max_selected_items,
    named: aria(named), choose: (wanted) => choose(c, block, element, wanted) });
}

function optionGroup(kind) {
  return (c, block, element, named) => {
    const given = value(c, block, element);
    const id = idFor(c, block, element);
    const chosen = (one) => kind === "radio" ? given === one.value : (given || []).includes(one.value);
    const toggled = (one) => {
      if (kind === "radio") return one.value;
      return chosen(one) ? given.filter((other) => other !== one.value) : [...(given || []), one.value];
    };
    const row = (one) => h("label", { class: "option" },
      h("input", { type: kind, name: id, value: one.value, checked: chosen(one), onchange: () => choose(c, block, element, toggled(one)) }),
      h("span", {}, decodeText(one.text), one.description ? h("small", {}, decodeText(one.description)) : null));
    return h("div", { ...aria(named), id, class: "options", role: kind === "radio" ? "radiogroup" : "group" }, element.options.map(row));
  };
}

function picker(type) {
  return (c, block, element, named) => h("input", { ...aria(nameOr(block, named, plainText(element.placeholder) || t(type))),
    id: idFor(c, block, element), class: "field short", type, value: value(c, block, element) ?? "", onchange: (event) => choose(c, block, element, event.target.value || null) });
}

const localMinute = (seconds) => {
  const date = new Date(Number(seconds) * 1000);
  return new Date(date - date.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
};

function dateTime(c, block, element, named) {
  const given = value(c, block, element);
  const chosen = (event) => choose(c, block, element, event.target.value ? String(new Date(event.target.value) / 1000) : null);
  return h("input", { ...aria(named), id: idFor(c, block, element), class: "field short", type: "datetime-local", value: given ? localMinute(given) : "", onchange: chosen });
}

function overflow(c, block, element) {
  const items = element.options.map((option) => ({
    text: plainText(option.text), href: option.url, run: () => dispatch(c, block, element, option.value),
  }));
  return menuButton({ id: idFor(c, block, element), label: t("more"), look: "button icon-only", face: icon("more"), items });
}

const image = (c, block, element) => h("img", { class: "thumb", src: element.image_url, alt: element.alt_text });

const CONTROLS = {
  button, overflow, image, plain_text_input: textInput, number_input: textInput, email_text_input: textInput, url_text_input: textInput,
  static_select: select, external_select: select, users_select: select, channels_select: select, conversations_select: select,
  multi_static_select: multi, multi_users_select: multi, multi_channels_select: multi, multi_conversations_select: multi,
  radio_buttons: optionGroup("radio"), checkboxes: optionGroup("checkbox"),
  datepicker: picker("date"), timepicker: picker("time"), datetimepicker: dateTime, workflow_button: button,
};
