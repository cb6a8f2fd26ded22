// The middle: a channel or conversation, its messages and its composer.
import { displayName } from "./avatar.js";
import { composerBox } from "./composerbox.js";
import { dayKey, dayLabel, moment } from "./format.js";
import { icon } from "./icons.js";
import { act } from "./link.js";
import { memo } from "./memo.js";
import { message } from "./message.js";
import { directName, goTo, isApp, openHome } from "./sidebar.js";
import { change, isRoom, notice, openChannel, state } from "./state.js";
import { t } from "./texts.js";
import { h } from "./vdom.js";

export function channelPane(channel) {
  return h("main", { class: "pane", key: "main", "aria-label": channelTitle(channel) },
    isApp(channel) ? appHeader("messages") : header(channel),
    memo("channel", channel, () => list(channel)),
    channel.member ? composer(channel) : joinBar(channel));
}

const list = (channel) => h("div", { class: "messages", key: channel.id, role: "log", "aria-label": t("messages_in", channelTitle(channel)), tabindex: "0", "data-scroll": channel.id },
  welcome(channel), days(channel), channel.messages.every((one) => one.joined) ? hint(channel) : null);

export const channelTitle = (channel) => (isRoom(channel) ? channel.name : directName(channel));

const elsewhere = () => state.snapshot.channels.some((one) => one.unread && one.member && one.id !== openChannel()?.id);

const menuTool = () => h("button", { type: "button", class: "tool drawer-open", "aria-label": t("open_menu"), onclick: () => change((s) => { s.drawer = true; }) },
  icon("menu"), elsewhere() ? h("span", { class: "dot", role: "img", "aria-label": t("unread") }) : null);

function header(channel) {
  const count = channel.members.length;
  const face = channel.kind === "group" ? icon("lock") : channel.kind === "channel" ? icon("hash") : null;
  return h("header", { class: "pane-head" }, menuTool(),
    h("h1", {}, face, h("span", {}, channelTitle(channel))),
    h("span", { class: "topic" }, channel.topic || ""),
    isRoom(channel) ? h("button", { type: "button", class: "tool count", title: t("members"), "aria-label": `${t("members")}: ${count}`, onclick: () => change((s) => { s.dialog = { kind: "members", channel: channel.id }; }) },
      icon("people"), h("span", {}, String(count))) : null);
}

/** The head of the app's own place, with its two tabs. */
export function appHeader(tab) {
  const { app } = state.snapshot;
  const link = (name, run) => h("button", { type: "button", role: "tab", class: "tab", "aria-selected": String(tab === name), onclick: run }, t(name));
  return h("header", { class: "pane-head app-head" }, menuTool(), h("h1", {}, h("span", {}, app.name), h("span", { class: "badge" }, "APP")),
    h("div", { class: "tabs", role: "tablist" }, link("home", openHome), link("messages", openMessages)));
}

async function openMessages() {
  const answer = await act("opens_dm", { who: state.snapshot.app.user });
  if (answer) goTo(answer.channel);
}

function welcome(channel) {
  if (isApp(channel)) return h("div", { class: "welcome" }, h("p", {}, t("welcome_app", state.snapshot.app.name)));
  if (!isRoom(channel)) return h("div", { class: "welcome" }, h("p", {}, t("welcome_direct", directName(channel))));
  return h("div", { class: "welcome" }, h("h2", {}, icon(channel.kind === "group" ? "lock" : "hash"), channel.name),
    h("p", {}, channel.purpose || t(channel.kind === "group" ? "welcome_private" : "welcome_public")), addApp(channel));
}

function addApp(channel) {
  const { app } = state.snapshot;
  if (!channel.member || channel.members.includes(app.user)) return null;
  return h("button", { type: "button", class: "button", onclick: () => act("invites", { channel: channel.id, who: app.user }) }, icon("plus"), t("add_app", app.name));
}

const hint = (channel) => h("p", { class: "empty-hint" }, t("empty_hint", channelTitle(channel)));

const MINUTES_TOGETHER = 5;

/** Whether a message can go without its head: same person, shortly after, same kind. */
export function follows(one, before) {
  if (!before || before.user !== one.user || before.joined || before.deleted || before.ephemeral || one.ephemeral) return false;
  return parseFloat(one.ts) - parseFloat(before.ts) < MINUTES_TOGETHER * 60;
}

function days(channel) {
  return channel.messages.flatMap((one, index) => {
    const before = channel.messages[index - 1];
    const newDay = !before || dayKey(moment(before.ts)) !== dayKey(moment(one.ts));
    const drawn = message(channel, one, { follows: !newDay && follows(one, before) });
    return newDay ? [divider(one), drawn] : [drawn];
  });
}

const divider = (one) => h("div", { class: "day", role: "separator", key: `day ${dayKey(moment(one.ts))}` }, h("span", {}, dayLabel(moment(one.ts))));

function composer(channel) {
  const title = isRoom(channel) ? `#${channel.name}` : directName(channel);
  return h("div", { class: "composer-area", key: `composer ${channel.id}` },
    composerBox({ key: channel.id, label: t("message_to", title), placeholder: t("message_to", title), channel, commands: true, send: (text) => say(channel, text) }),
    h("p", { class: "composer-hint" }, t("composer_hint")));
}

/** Send what was typed: a command when it begins with "/", as Slack does. False when it was refused. */
export async function say(channel, text, thread = null) {
  const slash = /^(\/\S+)\s*([\s\S]*)$/.exec(text);
  if (!slash) return (await act("says", { channel: channel.id, text, thread })) !== null;
  if (thread) return refuse(t("no_commands_in_threads", slash[1]));
  if (!state.snapshot.commands.some((one) => one.command === slash[1])) return refuse(t("no_such_command", slash[1]));
  return (await act("commands", { channel: channel.id, command: slash[1], text: slash[2].trim() })) !== null;
}

function refuse(words) {
  notice(words, "problem");
  return false;
}

const joinBar = (channel) => h("div", { class: "join-bar" }, h("p", {}, t(channel.archived ? "archived" : "not_member", channel.name)),
  channel.archived ? null : h("button", { type: "button", class: "button primary", onclick: () => act("joins", { channel: channel.id }) }, t("join_channel")));
