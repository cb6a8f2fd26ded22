// The tools of a guide, where whoever serves the page put one beside it: time that moves, colleagues who write, and
// things to try. What the tools can do is asked of the server; what there is to try stands in the guide's own markup.
import { avatar } from "./avatar.js";
import { dayAndClock } from "./format.js";
import { act, look, post } from "./link.js";
import { goTo } from "./sidebar.js";
import { change, changeAside, channelById, isRoom, notice, openChannel, state } from "./state.js";
import { addTexts, t } from "./texts.js";
import { h, mount } from "./vdom.js";

const place = document.getElementById("guide-tools");
const render = place && mount(place);
// What colleagues could do (could_…) and did (did_…) is the guide's own, and so are the words for it.
addTexts(JSON.parse(document.getElementById("guide-texts")?.textContent || "{}"));
const guide = { could: null, busy: "", told: null, at: 0, seen: null, place: "", language: "", asked: "", waiting: null };

/** Where this person looks: colleagues act there first. */
const inView = () => openChannel()?.id || "";

/** Draw the tools anew; ask again what can be done when something changed in the workspace. */
export function drawGuide() {
  if (!place || !state.snapshot) return;
  if (guide.seen !== state.snapshot || guide.place !== inView()) {
    Object.assign(guide, { seen: state.snapshot, place: inView() });
    clearTimeout(guide.waiting);
    if (!guide.busy) guide.waiting = setTimeout(refresh, guide.could ? 400 : 0);
  }
  if (guide.could && guide.language !== state.language) {
    guide.language = state.language;
    speak();
  }
  render(h("div", { class: "tools", key: "tools" }, guide.could ? [time(), colleagues(), story()] : null));
  follow();
}

async function refresh() {
  if (guide.busy) return;
  const who = state.who;
  const answer = await look("/page/guide", { place: inView() });
  if (answer && who === state.who && !guide.busy) learn(answer);
}

function learn(answer) {
  Object.assign(guide, { could: answer, at: Date.now() });
  state.example = answer.example;
  changeAside();
  speak();
}

/** Where the page is read in another language than this person spoke so far, the workspace speaks it too. */
async function speak() {
  const { language, who } = state;
  const asked = `${who} ${language}`;
  if (!guide.could.language || guide.could.language === language || guide.busy || guide.asked === asked) return;
  Object.assign(guide, { busy: "language", asked });
  changeAside();
  const answer = await post("/page/language", { language });
  guide.busy = "";
  if (answer?.language) guide.could.language = answer.language;
  if (answer?.place && who === state.who) goTo(answer.place);
  refresh();
}

const now = () => new Date(Date.parse(guide.could.now) + Date.now() - guide.at);

function time() {
  const step = (to, words, off = false) => h("button", { type: "button", class: guide.busy === to ? "button small waiting" : "button small", disabled: Boolean(guide.busy) || off, onclick: () => ask(to, "/page/time", { to }) }, t(words));
  return h("section", { class: "guide-time", "aria-label": t("time_here"), key: "time" },
    h("p", {}, h("small", {}, t("time_here")), h("time", { datetime: now().toISOString() }, dayAndClock(now()))),
    h("div", { class: "guide-buttons" }, step("hour", "an_hour_on"), step("working_day", "a_day_on"), step("deadline", "to_deadline", !guide.could.deadline)));
}

function colleagues() {
  const able = guide.could.colleagues;
  return h("section", { class: "guide-colleagues", "aria-label": t("colleagues"), key: "colleagues" },
    able.length ? colleague("all", t("let_all_write"), t("let_all_write")) : h("p", { class: "guide-hint" }, t("nobody_could")),
    h("div", { class: "guide-buttons" }, able.map((one) =>
      colleague(one.id, [avatar(one.id, "small"), one.name], t("let_write", one.name), t(`could_${one.does}`)))));
}

const colleague = (who, face, label, note = null) => h("button", {
  type: "button", key: who, class: guide.busy === who ? "button small waiting" : "button small", disabled: Boolean(guide.busy),
  "aria-label": label, title: note ? `${label} ${note}` : null, onclick: () => ask(who, "/page/colleague", { who }) }, face);

/** What happened at the last press: what colleagues did, and what the app said, each a way to go there. */
function story() {
  if (!guide.told) return null;
  const { done, happened } = guide.told;
  const lines = [
    ...[...new Set(done.map((one) => one.does))].map((does) => h("li", { key: does }, t(`did_${does}`, namesOf(done, does)))),
    ...happened.map((one) => h("li", { key: `${one.channel} ${one.root} ${one.kind} ${one.at}` }, h("button", { type: "button", class: "guide-event", onclick: () => visit(one) },
      h("time", { datetime: one.at }, dayAndClock(new Date(one.at))), " ", one.text, h("small", {}, what(one))))),
  ];
  return h("section", { class: "guide-story", "aria-label": t("what_happened"), "aria-live": "polite", key: "story" },
    h("h2", {}, t("what_happened")), lines.length ? h("ul", {}, lines) : h("p", { class: "guide-hint" }, t("nothing_happened")));
}

const namesOf = (done, does) => done.filter((one) => one.does === does).map((one) => one.name).join(", ");

function what(one) {
  const where = one.place ? `#${one.place}` : state.snapshot.app.name;
  if (one.kind === "closed") return `${t("it_closed")} · ${where}`;
  if (one.kind === "reply") return `${one.count === 1 ? t("one_reply") : t("replies", one.count)} · ${where}`;
  return where;
}

function visit(one) {
  const channel = channelById(one.channel);
  if (!channel) return;
  makeRoom();
  goTo(isRoom(channel) ? channel.name : channel.id);
  if (one.kind === "reply") change((s) => { s.thread = one.root; });
}

async function ask(name, path, body) {
  guide.busy = name;
  changeAside();
  const who = state.who;
  const answer = await post(path, { ...body, place: inView() });
  guide.busy = "";
  if (answer && who === state.who) {
    guide.told = answer;
    learn(answer);
  } else refresh();
  changeAside();
}

/** On a narrow screen the guide lies over the workspace: it makes room for what it leads to. */
function makeRoom() {
  if (innerWidth < 1100) place.closest("details").open = false;
}

// Things to try: a button in the guide's markup says where it leads.
//   data-press="action_id"    presses the newest button with this id in the channel where the app lives
//   data-command="/a /b"      types the first of these commands that this workspace has

async function lead({ press, command }) {
  const { channels, app, commands } = state.snapshot;
  const lives = (one) => one?.kind === "channel" && one.member && one.members.includes(app.user);
  const channel = lives(openChannel()) ? openChannel() : channels.find(lives);
  if (!channel) return notice(t("not_to_be_found"), "problem");
  makeRoom();
  goTo(channel.name);
  if (command) {
    const known = command.split(" ").find((name) => commands.some((one) => one.command === name));
    return known && act("commands", { channel: channel.id, command: known, text: "" });
  }
  const found = newest(channel, press);
  return found ? act("presses", found) : notice(t("not_to_be_found"), "problem");
}

function newest(channel, action) {
  for (const one of [...channel.messages].reverse()) {
    for (const block of one.blocks || []) {
      const button = block.type === "actions" && block.elements.find((element) => element.action_id === action);
      if (button) return { channel: channel.id, ts: one.ts, block_id: block.block_id, action_id: action, value: button.value };
    }
  }
  return null;
}

// The guide can be pressed before this window knows what is in the workspace: then the press waits for that.
let pressed = null;

function follow() {
  if (!pressed || !state.snapshot) return;
  const wanted = pressed;
  pressed = null;
  lead(wanted);
}

place?.closest("details").addEventListener("click", (event) => {
  const button = event.target.closest("[data-press], [data-command]");
  if (!button) return;
  pressed = button.dataset;
  follow();
});

// The time shown goes on by itself.
if (place) setInterval(() => guide.could && changeAside(), 10000);
