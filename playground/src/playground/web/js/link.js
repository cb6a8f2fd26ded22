// The line to the server: a socket that pushes what the person can see, and one address for what the person does.
import { change, notice, state } from "./state.js";
import { said, t } from "./texts.js";

let socket = null;
let pause = 300;

// A window is told apart from the others of the same person, since a form opens in the one in which it was asked for.
const address = (path, more = {}) => `${path}?${new URLSearchParams({ as: state.who, window: state.window, ...more })}`;

/** Open the socket for the person this window is; again and again when it drops. */
export function connect() {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const mine = (socket = new WebSocket(`${scheme}://${location.host}${address("/page/socket")}`));
  mine.onmessage = (event) => mine === socket && received(JSON.parse(event.data));
  mine.onclose = () => mine === socket && lost();
}

export function reconnect() {
  const old = socket;
  socket = null;
  old?.close();
  connect();
}

function received(snapshot) {
  pause = 300;
  change((s) => { s.snapshot = snapshot; s.online = true; s.who = snapshot.me.name; });
}

function lost() {
  change((s) => { s.online = false; });
  setTimeout(connect, pause);
  pause = Math.min(pause * 2, 5000);
}

/** Do something as this person. Gives the server's answer, or null after saying what went wrong. */
export const act = (action, details = {}) => post("/page/do", { do: action, ...details });

/**
 * Press, choose or send something, and where the app put something else in its place in that moment, do the same once
 * there: `afresh()` gives what to do instead, or null while the new version has not come. As act(). The refusal brings
 * what stands there now, since the socket may be late; the new version may come a moment after the old one went.
 */
export async function actOnce(action, details, afresh) {
  const answer = await post("/page/do", { do: action, ...details }, true);
  if (!answer?.gone) return answer;
  received(answer.gone);
  const instead = await soon(afresh);
  if (instead) return act(action, instead);
  notice(said(answer.error), "problem");
  return null;
}

/** What `look` finds within a second, else null. */
async function soon(look) {
  for (let tries = 0; tries < 20; tries += 1) {
    const found = look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return null;
}

/** Send something as this person; as act(). */
export const post = (path, body, mayBeGone = false) => ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }, mayBeGone);

/** Look something up as this person; as act(). */
export const look = (path, more) => ask(path, {}, false, more);

async function ask(path, how, mayBeGone = false, more = {}) {
  try {
    const response = await fetch(address(path, more), how);
    const answer = await response.json();
    if (response.ok) return inOurWords(answer);
    if (mayBeGone && answer.gone) return answer;
    notice(said(answer.error), "problem");
  } catch (failure) {
    if (!(failure instanceof TypeError || failure instanceof SyntaxError)) throw failure;
    notice(t("no_connection"), "problem");
  }
  return null;
}

/** What the client itself says below a form stands under ""; the rest comes from the app. */
function inOurWords(answer) {
  if (answer?.errors?.[""]) answer.errors[""] = said(answer.errors[""]);
  return answer;
}
