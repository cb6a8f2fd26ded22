// The panel of faults: choose what goes wrong, start it, stop it, and see what struck.
import { frame, press } from "./dialogframe.js";
import { look, post } from "./link.js";
import { change, isRoom, openChannel, state } from "./state.js";
import { t } from "./texts.js";
import { h } from "./vdom.js";

let offered = null;   // what the server says there is to choose from

const app = () => state.snapshot.app.name;
const nameOf = (kind) => t(`fault_${kind}`, app());

export function faultsDialog() {
  if (!offered) return load();
  const { on, happened } = state.snapshot.faults;
  return frame(t("faults"), [
    h("p", { class: "fault-intro" }, t("faults_intro")),
    on.length ? onNow(on) : null,
    choosing(),
    happened.length ? lately(happened) : null,
  ], on.length ? press(t("stop_all"), stopAll) : null);
}

function load() {
  look("/page/faults").then((answer) => { if (answer) { offered = answer; choose(offered.groups[0].kinds[0].name); } });
  return frame(t("faults"), h("p", { class: "fault-intro" }, t("faults_intro")));
}

const kinds = () => offered.groups.flatMap((group) => group.kinds);
const kindOf = (name) => kinds().find((one) => one.name === name);

/** Another kind: the rest begins as is usual for it. */
function choose(name) {
  const kind = kindOf(name);
  change((s) => { s.fault = { channel: openChannel()?.id || "", doing: "post", person: "", ...s.fault, kind: name, once: !kind.lasting, seconds: kind.seconds }; });
}

const set = (key, value) => change((s) => { s.fault = { ...s.fault, [key]: value }; });

// Choosing

function choosing() {
  const kind = kindOf(state.fault.kind);
  const groups = offered.groups.map((group) => h("optgroup", { label: t(`g_${group.name}`, app()) }, group.kinds.map((one) =>
    h("option", { value: one.name, selected: one.name === kind.name }, nameOf(one.name)))));
  return h("form", { class: "fault-form", onsubmit: (event) => { event.preventDefault(); start(kind); } },
    h("label", { class: "label", for: "fault-kind" }, t("fault_kind")),
    h("select", { id: "fault-kind", class: "field", value: kind.name, onchange: (event) => choose(event.target.value) }, groups),
    h("p", { class: "fault-what", "aria-live": "polite" }, t(`what_${kind.name}`, app()), " ", ending(kind)),
    h("div", { class: "fault-fields" }, kind.needs.map((need) => FIELDS[need]?.(kind))),
    h("button", { type: "submit", class: "button primary" }, t("start")));
}

/** What becomes of it, where that is not plain from the fields. */
function ending(kind) {
  if (kind.needs.includes("times")) return null;
  const isPlace = kind.needs.includes("place") || kind.needs.includes("person");
  return h("strong", {}, t(!isPlace ? "now_and_then" : kind.mended ? "put_right" : "stays_so"));
}

const rooms = () => state.snapshot.channels.filter(isRoom).map((one) => [one.id, `#${one.name}`]);
const people = () => state.snapshot.people.filter((one) => !one.is_bot).map((one) => [one.id, one.real_name]);

const FIELDS = {
  doing: () => field("doing", t("fault_doing", app()), offered.doings.map((one) => [one, t(`doing_${one}`)])),
  place: () => field("channel", t("fault_place"), rooms()),
  channel: () => field("channel", t("fault_place"), [["", t("everywhere")], ...rooms()]),
  person: () => field("person", t("fault_person"), people()),
  seconds: (kind) => kind.name === "CLOCK_SKEWED" ? field("seconds", t("fault_skew"), SKEWS.map((one) => [one, skew(one)])) : field("seconds", t("fault_seconds"), durations(kind).map((one) => [one, duration(one)])),
  times: () => field("once", t("fault_times"), [[true, t("once")], [false, t("until_stopped")]]),
};

const SKEWS = [-900, -300, -120, 120, 300, 900];
const skew = (seconds) => t(seconds > 0 ? "ahead" : "behind", Math.abs(seconds) / 60);
const durations = (kind) => [...new Set([kind.seconds, 5, 30, 120, 600])].sort((a, b) => a - b);
const duration = (seconds) => seconds === 1 ? t("a_second") : seconds < 120 ? t("seconds", seconds) : t("minutes", seconds / 60);

const NARROW = ["seconds", "once"];

/** One choice of a few; where nothing valid was chosen yet, the first. */
function field(key, label, options) {
  const known = options.some(([value]) => value === state.fault[key]);
  if (!known && options.length) state.fault[key] = options[0][0];
  const id = `fault-${key}`;
  return h("div", { key, class: NARROW.includes(key) ? null : "wide" }, h("label", { class: "label", for: id }, label),
    h("select", { id, class: "field", value: String(state.fault[key]), onchange: (event) => set(key, options.find(([value]) => String(value) === event.target.value)[0]) },
      options.map(([value, words]) => h("option", { value: String(value), selected: value === state.fault[key] }, words))));
}

async function start(kind) {
  const asked = { kind: kind.name };
  for (const need of kind.needs) asked[KEYS[need] || need] = state.fault[KEYS[need] || need];
  await post("/page/faults/start", asked);
}

const KEYS = { place: "channel", times: "once" };

// What is on, and what struck

const onNow = (on) => h("section", { class: "fault-on", "aria-label": t("on_now") }, h("h3", { class: "list-title" }, t("on_now")),
  h("ul", { class: "list" }, on.map((one, number) => h("li", { class: "list-row", key: `${number} ${one.kind}` },
    h("span", { class: "fault-name" }, nameOf(one.kind), h("small", {}, about(one))),
    press(t("stop"), () => post("/page/faults/stop", { kind: one.kind, number }), "small")))));

function about(one) {
  const where = [one.doing ? t(`doing_${one.doing}`) : "", ...one.places.map((name) => `#${name}`), one.person, one.once ? t("once") : ""];
  return where.filter(Boolean).join(" · ");
}

const lately = (happened) => h("section", { "aria-label": t("what_happened") }, h("h3", { class: "list-title" }, t("what_happened")),
  h("ol", { class: "fault-lately" }, happened.map((one) => h("li", {}, h("span", { class: "fault-ago" }, ago(one.ago)),
    h("span", {}, nameOf(one.kind), h("small", {}, [one.place ? `#${one.place}` : "", one.person, one.what].filter(Boolean).join(" · ")))))));

const ago = (seconds) => seconds < 60 ? t("just_now") : seconds < 3600 ? t("minutes_ago", Math.round(seconds / 60)) : t("hours_ago", Math.round(seconds / 3600));

const stopAll = () => post("/page/faults/stop", {});
