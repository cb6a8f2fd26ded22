// What this window knows: the last snapshot of what the person can see, and what only this window cares about
// (which channel is open, what is half typed). Everything that changes goes through change().

const stored = (name) => {
  try { return localStorage.getItem(`playground.${name}`); } catch { return null; }
};

export const query = new URLSearchParams(location.search);

/** Which window this is, also after it is loaded again. */
function windowId() {
  const fresh = Math.random().toString(36).slice(2, 10);
  try {
    const mine = sessionStorage.getItem("playground.window") || fresh;
    sessionStorage.setItem("playground.window", mine);
    return mine;
  } catch { return fresh; }
}

export const state = {
  snapshot: null,
  online: false,
  who: query.get("as") || stored("as") || "",
  window: windowId(),
  place: decodeURIComponent(location.hash.slice(1)),   // "channel-name", "app/home" or an id
  awaited: null,                                      // a place that was just made and is not in the snapshot yet
  thread: null,                                       // ts of the thread in the side pane
  drafts: {},                                         // composer text, by place or thread
  forms: {},                                          // container -> block_id -> action_id -> value
  errors: {},                                         // view id -> block_id -> words
  waiting: new Set(),                                 // containers that wait for the app
  menu: null,                                         // the one open menu
  dialog: null,                                       // a dialog of the page itself
  fault: null,                                        // the fault that is being chosen
  editing: null,                                      // ts of one's own message that is being edited
  drawer: false,                                      // the sidebar, on a phone
  example: null,                                      // what a guide could fill into the open form: {view, values}
  notices: [],                                        // passing words at the bottom
  completion: { index: 0, dismissed: "" },
  language: query.get("lang") || stored("lang") || (navigator.language || "nl").slice(0, 2),
  revision: 0,                                        // counts what may change how messages look
  theme: stored("theme") || "system",
};

let draw = () => {};
let queued = false;
let isPressed = false;

export const onDraw = (callback) => { draw = callback; };

/** Change the state and redraw once, after everything else that changes in this turn. */
export function change(mutate) {
  state.revision += 1;
  changeAside(mutate);
}

/** The same for what the lists of messages do not show, such as each letter in a composer: they need no new look. */
export function changeAside(mutate) {
  mutate?.(state);
  if (queued) return;
  queued = true;
  queueMicrotask(drawQueued);
}

function drawQueued() {
  if (isPressed) return;
  queued = false;
  draw();
}

// While a button is held down nothing is drawn: were it replaced before it is let go, the browser would tell nobody
// of the click.
const MOST_HELD = 1000;
let letGo = null;

function hold(held) {
  clearTimeout(letGo);
  isPressed = held;
  if (held) letGo = setTimeout(() => hold(false), MOST_HELD);
  else if (queued) drawQueued();
}

addEventListener("pointerdown", () => hold(true), true);
addEventListener("click", () => hold(false));
for (const end of ["pointerup", "pointercancel", "blur"]) addEventListener(end, () => setTimeout(() => hold(false)), true);

export function remember(name, value) {
  try { localStorage.setItem(`playground.${name}`, value); } catch { /* private window: forgets, and that is fine */ }
}

export const person = (id) => state.snapshot?.people.find((one) => one.id === id);
export const channelById = (id) => state.snapshot?.channels.find((one) => one.id === id);

/** A channel with a name, public or private; not a direct conversation. */
export const isRoom = (channel) => channel.kind === "channel" || channel.kind === "group";

/** The channel that is open now, or null when the app's Home is. */
export function openChannel() {
  const { snapshot, place } = state;
  if (!snapshot || place === "app/home") return null;
  return snapshot.channels.find((one) => one.id === place || (isRoom(one) && one.name === place)) || null;
}

let noticeNumber = 0;

/** Say something in passing; it goes away by itself, a failure later than the rest. */
export function notice(text, kind = "info") {
  const one = { id: ++noticeNumber, text, kind };
  change((s) => { s.notices = [...s.notices.filter((other) => other.text !== text), one]; });
  setTimeout(() => dismiss(one.id), kind === "problem" ? 9000 : 4000);
}

export const dismiss = (id) => change((s) => { s.notices = s.notices.filter((one) => one.id !== id); });
