// The side pane: one message and what was answered to it.
import { channelTitle, follows, say } from "./channel.js";
import { composerBox } from "./composerbox.js";
import { icon } from "./icons.js";
import { memo } from "./memo.js";
import { message } from "./message.js";
import { change, isRoom, state } from "./state.js";
import { t } from "./texts.js";
import { h } from "./vdom.js";

const close = () => change((s) => { s.thread = null; });

export function threadPane(channel) {
  const root = channel.messages.find((one) => one.ts === state.thread);
  if (!root) return null;
  return h("aside", { class: "thread", key: "thread", "aria-label": t("thread"), onkeydown: (event) => event.key === "Escape" && close() },
    h("header", { class: "pane-head" },
      h("h1", {}, h("span", {}, t("thread")), h("small", {}, isRoom(channel) ? `#${channel.name}` : channelTitle(channel))),
      h("button", { type: "button", class: "tool", "aria-label": t("close_thread"), title: t("close_thread"), onclick: close }, icon("close"))),
    memo("thread", root, () => list(channel, root)),
    channel.member ? composer(channel, root) : null);
}

const list = (channel, root) => h("div", { class: "messages", key: root.ts, role: "log", "aria-label": t("thread"), tabindex: "0", "data-scroll": root.ts },
  message(channel, root, { inThread: true }), count(root),
  root.replies.map((one, index) => message(channel, one, { inThread: true, follows: follows(one, root.replies[index - 1]) })));

function count(root) {
  const number = root.replies.length;
  if (!number) return null;
  return h("div", { class: "day thread-count", key: "count" }, h("span", {}, t(number === 1 ? "one_reply" : "replies", number)));
}

const composer = (channel, root) => h("div", { class: "composer-area" }, composerBox({
  key: `${channel.id} ${root.ts}`, label: t("reply_here"), placeholder: t("reply_here"), channel, focus: true,
  send: (text) => say(channel, text, root.ts),
}));
