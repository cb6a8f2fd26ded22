// What can be done with a message: on hover, on focus, and behind one button on a phone.
import { emoji, QUICK } from "./emoji.js";
import { icon } from "./icons.js";
import { act } from "./link.js";
import { menuButton } from "./menu.js";
import { change, state } from "./state.js";
import { t } from "./texts.js";
import { h } from "./vdom.js";

export function toolbar(channel, one, inThread) {
  if (one.ephemeral) return h("div", { class: "toolbar" }, dismissal(channel, one));
  const where = inThread ? "thread" : "channel";
  return h("div", { class: "toolbar", role: "toolbar", "aria-label": t("message_actions") },
    react(channel, one, where),
    inThread ? null : h("button", { type: "button", class: "tool", "aria-label": t("reply_in_thread"), title: t("reply_in_thread"),
      onclick: () => change((s) => Object.assign(s, { thread: one.thread_ts || one.ts, focusThread: true })) }, icon("reply")),
    more(channel, one, where));
}

const dismissal = (channel, one) => h("button", { type: "button", class: "tool", "aria-label": t("dismiss"), title: t("dismiss"),
  onclick: () => act("dismisses", { channel: channel.id, ts: one.ts }) }, icon("close"));

function react(channel, one, where) {
  const press = (name) => act("reacts", { channel: channel.id, ts: one.ts, name });
  const items = QUICK.map((name) => ({ text: name, face: h("span", { class: "emoji", "aria-hidden": "true" }, emoji(name)), run: () => press(name) }));
  return menuButton({ id: `react ${where} ${one.ts}`, label: t("add_reaction"), look: "tool", face: icon("smile"), items, palette: true });
}

function more(channel, one, where) {
  const place = { channel: channel.id, ts: one.ts };
  const items = state.snapshot.shortcuts.filter((each) => each.type === "message").map((each) =>
    ({ text: each.name, note: state.snapshot.app.name, run: () => act("shortcut", { ...place, callback_id: each.callback_id }) }));
  if (one.user === state.snapshot.me.id) items.push(...own(place, one, items.length));
  if (!items.length) return null;
  return menuButton({ id: `more ${where} ${one.ts}`, label: t("more_actions"), look: "tool", face: icon("more"), items });
}

function own(place, one, others) {
  const remove = () => change((s) => { s.dialog = { kind: "delete", run: () => act("deletes", place) }; });
  return [
    ...(others ? [{ line: true }] : []),
    { text: t("edit_message"), run: () => change((s) => { s.editing = one.ts; }) },
    { text: t("delete_message"), danger: true, run: remove },
  ];
}
