// The left side: who you are, the channels, the conversations, the app.
import { avatar, displayName } from "./avatar.js";
import { icon, mark } from "./icons.js";
import { act, reconnect } from "./link.js";
import { menuButton } from "./menu.js";
import { change, isRoom, openChannel, remember, state } from "./state.js";
import { LANGUAGES, t } from "./texts.js";
import { h } from "./vdom.js";

export function sidebar() {
  const { channels, app } = state.snapshot;
  const rooms = channels.filter((one) => isRoom(one) && one.member && !one.archived);
  const direct = channels.filter((one) => !isRoom(one) && !isApp(one));
  return h("nav", { class: state.drawer ? "sidebar open" : "sidebar", "aria-label": t("workspace"), key: "sidebar" },
    h("div", { class: "workspace-name" }, mark(), h("strong", {}, state.snapshot.team.name),
      h("button", { type: "button", class: "tool drawer-close", "aria-label": t("close_menu"), onclick: closeDrawer }, icon("close"))),
    youAre(),
    h("div", { class: "places" },
      group("channels", rooms.map(roomRow), h("button", { type: "button", class: "row add", onclick: () => dialog({ kind: "channels" }) }, icon("plus"), t("add_channel"))),
      group("direct_messages", direct.map(directRow), h("button", { type: "button", class: "row add", onclick: () => dialog({ kind: "message" }) }, icon("plus"), t("new_message"))),
      group("apps", appRow(app))),
    trouble(),
    settings());
}

const closeDrawer = () => change((s) => { s.drawer = false; });
const dialog = (one) => change((s) => Object.assign(s, { dialog: one, drawer: false }));

export const isApp = (channel) => channel.kind === "im" && channel.peers.includes(state.snapshot.app.user);

export const goTo = (place) => change((s) => Object.assign(s, { place, awaited: place, thread: null, drawer: false, editing: null }));

const group = (title, ...rows) => h("section", { class: "group", "aria-label": t(title) }, h("h2", {}, t(title)), rows);

function row(channel, face, name, look = "") {
  const here = openChannel()?.id === channel.id;
  const classes = ["row", look, here && "here", channel.unread && !here && "unread"].filter(Boolean).join(" ");
  return h("button", { type: "button", class: classes, key: channel.id, "aria-current": here ? "page" : null, onclick: () => goTo(isRoom(channel) ? channel.name : channel.id) },
    face, h("span", { class: "row-name" }, name),
    channel.unread && !here ? h("span", { class: "dot", role: "img", "aria-label": t("unread") }) : null);
}

const roomRow = (channel) => row(channel, icon(channel.kind === "group" ? "lock" : "hash"), channel.name);

const directRow = (channel) => row(channel, avatar(channel.peers[0] || state.snapshot.me.id, "small"), directName(channel));

export const directName = (channel) => channel.peers.map(displayName).join(", ") || displayName(state.snapshot.me.id);

function appRow(app) {
  const channel = state.snapshot.channels.find(isApp);
  const here = state.place === "app/home" || (channel && openChannel()?.id === channel.id);
  const unread = channel?.unread && !here;
  return h("button", { type: "button", class: `row ${here ? "here" : ""} ${unread ? "unread" : ""}`, "aria-current": here ? "page" : null, onclick: () => goHome(channel) },
    avatar(app.user, "small"), h("span", { class: "row-name" }, app.name), unread ? h("span", { class: "dot", role: "img", "aria-label": t("unread") }) : null);
}

/** To the app: to its messages if something new is there, else to its Home. */
function goHome(channel) {
  if (channel?.unread) return goTo(channel.id);
  openHome();
}

export function openHome() {
  goTo("app/home");
  act("opens_home");
}

/** What is made to go wrong: one row, and how many faults are on. */
function trouble() {
  const on = state.snapshot.faults.on.length;
  return h("div", { class: "trouble" }, h("button", { type: "button", class: "row", "aria-haspopup": "dialog", onclick: () => dialog({ kind: "faults" }) },
    icon("bolt"), h("span", { class: "row-name" }, t("faults")), on ? h("span", { class: "trouble-on" }, t("faults_on", on)) : null));
}

function youAre() {
  const { me, people } = state.snapshot;
  const others = people.filter((one) => !one.is_bot);
  const items = others.map((one) => ({ text: one.real_name, face: avatar(one.id, "small"), selected: one.id === me.id, note: one.guest ? t("guest") : "", run: () => become(one) }));
  const face = [avatar(me.id), h("span", { class: "you-text" }, h("small", {}, t("you_are")), h("strong", {}, me.real_name)), icon("down")];
  return h("div", { class: "you" }, menuButton({ id: "person", label: `${t("you_are")} ${me.real_name}`, look: "you-button", face, items, role: "menuitemradio" }));
}

function become(one) {
  const url = new URL(location.href);
  url.searchParams.set("as", one.name);
  history.replaceState(null, "", url);
  remember("as", one.name);
  change((s) => Object.assign(s, { who: one.name, thread: null, editing: null, drawer: false, forms: {}, errors: {}, drafts: {} }));
  reconnect();
}

function settings() {
  const dark = document.documentElement.dataset.theme === "dark";
  const speak = (language) => { remember("lang", language); change((s) => { s.language = language; }); };
  return h("div", { class: "settings" },
    h("div", { class: "languages", role: "group", "aria-label": t("language") }, LANGUAGES.map(([code, name]) =>
      h("button", { type: "button", class: "language", lang: code, title: name, "aria-label": name, "aria-pressed": String(state.language === code), onclick: () => speak(code) }, code.toUpperCase()))),
    h("button", { type: "button", class: "tool", "aria-label": t(dark ? "light" : "dark"), title: t(dark ? "light" : "dark"), onclick: () => paint(dark ? "light" : "dark") }, icon(dark ? "sun" : "moon")));
}

function paint(theme) {
  remember("theme", theme);
  change((s) => { s.theme = theme; });
}
