// Everything on the page, drawn from what state.js knows.
import { channelPane } from "./channel.js";
import { growAll } from "./composerbox.js";
import { dialog } from "./dialogs.js";
import { keepFocus } from "./focus.js";
import { addFaultTexts } from "./faulttexts.js";
import { drawGuide } from "./guide.js";
import { homePane } from "./home.js";
import { icon, mark } from "./icons.js";
import { act, connect } from "./link.js";
import { closeOnOutside } from "./menu.js";
import { modal } from "./modal.js";
import { keepScroll } from "./scroll.js";
import { sidebar } from "./sidebar.js";
import { change, dismiss, isRoom, onDraw, openChannel, state } from "./state.js";
import { LANGUAGES, t } from "./texts.js";
import { threadPane } from "./thread.js";
import { h, mount } from "./vdom.js";

const render = mount(document.getElementById("app"));
const dark = matchMedia("(prefers-color-scheme: dark)");

function draw() {
  dressUp();
  const restore = keepScroll();
  const giveBack = keepFocus();
  render(state.snapshot ? page() : opening());
  restore();
  growAll();
  giveBack();
  drawGuide();
  if (state.snapshot) afterwards();
}

function dressUp() {
  const root = document.documentElement;
  const theme = state.theme === "system" ? (dark.matches ? "dark" : "light") : state.theme;
  // Setting an attribute, even to what it was, makes the browser reckon all styles again.
  if (root.lang !== state.language) root.lang = state.language;
  if (root.dataset.theme !== theme) root.dataset.theme = theme;
}

const opening = () => h("div", { class: "opening", key: "opening", role: "status" }, mark(), h("p", {}, t("loading")));

function page() {
  settle();
  const channel = openChannel();
  const thread = channel && state.thread ? threadPane(channel) : null;
  return h("div", { class: `shell ${thread ? "with-thread" : ""}`, key: "shell" },
    sidebar(),
    state.drawer ? h("div", { class: "veil", onclick: () => change((s) => { s.drawer = false; }) }) : null,
    middle(channel), thread,
    notices(),
    state.snapshot.modal ? modal(state.snapshot.modal) : null,
    state.dialog ? dialog(state.dialog) : null);
}

function middle(channel) {
  if (state.place === "app/home") return homePane();
  if (channel) return channelPane(channel);
  return h("main", { class: "pane", key: "main" }, h("p", { class: "empty-hint" }, t("no_channel")));
}

/** When the open channel is gone (left, or this is somebody else now), go to the first one there is. */
function settle() {
  if (state.place === "app/home") return;
  if (openChannel()) { state.awaited = null; return; }
  if (state.awaited === state.place) return;   // just made: its picture is still on its way
  const first = state.snapshot.channels.find((one) => isRoom(one) && one.member) || state.snapshot.channels.find(isRoom);
  Object.assign(state, { place: first ? first.name : "app/home", thread: null });
}

const notices = () => h("div", { class: "notices", key: "notices", role: "status", "aria-live": "polite" },
  state.online ? null : h("div", { class: "notice", key: "offline" }, t("reconnecting")),
  state.notices.map((one) => h("div", { class: `notice ${one.kind}`, key: one.id, role: one.kind === "problem" ? "alert" : null },
    one.kind === "problem" ? icon("warn") : null, h("span", {}, one.text),
    h("button", { type: "button", class: "tool", "aria-label": t("close"), onclick: () => dismiss(one.id) }, icon("close")))));

/** What follows from what is shown: the address, the title, and that what is on screen has been read. */
function afterwards() {
  const channel = openChannel();
  const hash = `#${encodeURIComponent(state.place).replace(/%2F/g, "/")}`;
  if (location.hash !== hash) history.replaceState(null, "", location.pathname + location.search + hash);
  document.title = `${channel && isRoom(channel) ? `#${channel.name}` : state.snapshot.app.name} · ${state.snapshot.team.name}`;
  if (channel?.unread && channel.member && !document.hidden) read(channel);
}

let reading = null;

async function read(channel) {
  const mark = `${state.who} ${channel.id} ${channel.messages.at(-1)?.ts}`;
  if (reading === mark) return;
  reading = mark;
  await act("reads", { channel: channel.id });
}

function start() {
  addFaultTexts();
  if (!LANGUAGES.some(([code]) => code === state.language)) state.language = "nl";
  onDraw(draw);
  closeOnOutside();
  dark.addEventListener("change", () => change());
  document.addEventListener("visibilitychange", () => change());
  addEventListener("hashchange", () => change((s) => Object.assign(s, { place: decodeURIComponent(location.hash.slice(1)), thread: null })));
  change();
  connect();
}

start();
