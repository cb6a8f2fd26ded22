// The page's own dialogs: sure?, channels, members, new conversation.
import { avatar, displayName } from "./avatar.js";
import { plainText, richText } from "./blocktext.js";
import { closeDialog, frame, press } from "./dialogframe.js";
import { faultsDialog } from "./faults.js";
import { icon } from "./icons.js";
import { act } from "./link.js";
import { goTo } from "./sidebar.js";
import { channelById, isRoom, state } from "./state.js";
import { t } from "./texts.js";
import { h } from "./vdom.js";

export function dialog(one) {
  return DIALOGS[one.kind](one);
}

function confirm({ confirm: asked, resolve }) {
  const answer = (yes) => { closeDialog(); resolve(yes); };
  return frame(plainText(asked.title), richText(asked.text), [
    press(plainText(asked.deny) || t("cancel"), () => answer(false)),
    press(plainText(asked.confirm), () => answer(true), asked.style === "danger" ? "danger-full" : "primary"),
  ], () => answer(false));
}

function remove({ run }) {
  const sure = () => { closeDialog(); run(); };
  return frame(t("delete_message"), h("p", {}, t("delete_sure")), [press(t("cancel"), closeDialog), press(t("delete"), sure, "danger-full")]);
}

function channels() {
  const rooms = state.snapshot.channels.filter((one) => isRoom(one) && !one.archived);
  const row = (channel) => h("li", { key: channel.id, class: "list-row" }, icon(channel.kind === "group" ? "lock" : "hash"), h("span", { class: "row-name" }, channel.name),
    channel.member ? h("small", {}, t("you_are_in")) : press(t("join"), () => act("joins", { channel: channel.id }), "small"));
  return frame(t("channels"), [creation(), h("h3", { class: "list-title" }, t("all_channels")), h("ul", { class: "list" }, rooms.map(row))]);
}

function creation() {
  const create = async (event) => {
    event.preventDefault();
    const form = new FormData(event.target);
    const answer = await act("creates_channel", { name: tidy(form.get("name")), private: form.get("private") === "on" });
    if (answer) { closeDialog(); goTo(answer.channel); }
  };
  return h("form", { class: "creation", onsubmit: create },
    h("label", { class: "label", for: "new-channel" }, t("new_channel")),
    h("div", { class: "with-button" }, h("input", { id: "new-channel", name: "name", class: "field", required: true, maxlength: 80, autocomplete: "off", placeholder: t("channel_example") }),
      h("button", { type: "submit", class: "button primary" }, t("create"))),
    h("label", { class: "option" }, h("input", { type: "checkbox", name: "private" }), h("span", {}, t("make_private"))));
}

/** Slack's rule for channel names: lower case, no spaces. */
export const tidy = (name) => name.trim().toLowerCase().replace(/^#/, "").replace(/\s+/g, "-");

function members({ channel: id }) {
  const channel = channelById(id);
  if (!channel) return null;
  const { me, app } = state.snapshot;
  const inside = channel.members.map((one) => h("li", { key: one, class: "list-row" }, avatar(one, "small"), h("span", { class: "row-name" }, displayName(one)),
    one === me.id ? h("small", {}, t("you")) : null, one === app.user ? h("span", { class: "badge" }, "APP") : null));
  const outside = state.snapshot.people.filter((one) => !channel.members.includes(one.id));
  const invite = (one) => act("invites", { channel: id, who: one.id });
  const others = outside.map((one) => h("li", { key: one.id, class: "list-row" }, avatar(one.id, "small"), h("span", { class: "row-name" }, one.real_name),
    press(one.is_bot ? t("add_app", one.real_name) : t("invite"), () => invite(one), "small")));
  const leave = async () => { if (await act("leaves", { channel: id })) closeDialog(); };
  return frame(`${t("members")} · ${channel.name}`, [
    h("ul", { class: "list", "aria-label": t("members") }, inside),
    channel.member && others.length ? [h("h3", { class: "list-title" }, t("invite_people")), h("ul", { class: "list" }, others)] : null,
  ], channel.member ? press(t("leave_channel"), leave, "danger") : null);
}

function newMessage() {
  const begin = async (one) => {
    const answer = await act("opens_dm", { who: one.id });
    if (answer) { closeDialog(); goTo(answer.channel); }
  };
  const others = state.snapshot.people.filter((one) => one.id !== state.snapshot.me.id);
  return frame(t("new_message"), h("ul", { class: "list" }, others.map((one) => h("li", { key: one.id },
    h("button", { type: "button", class: "list-row press", onclick: () => begin(one) }, avatar(one.id, "small"), h("span", { class: "row-name" }, one.real_name))))));
}

const DIALOGS = { confirm, delete: remove, channels, members, message: newMessage, faults: faultsDialog };
