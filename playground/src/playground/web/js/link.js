// The line to the server: a socket that pushes what the person can see, and one address for what the person does.
import { change, notice, state } from "./state.js";
import { said, t } from "./texts.js";

let socket = null;
let pause = 300;

const address = (path) => `${path}?as=${encodeURIComponent(state.who)}`;

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

/** Send something as this person; as act(). */
export const post = (path, body) => ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

/** Look something up as this person; as act(). */
export const look = (path) => ask(path, {});

async function ask(path, how) {
  try {
    const response = await fetch(address(path), how);
    const answer = await response.json();
    if (response.ok) return inOurWords(answer);
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
