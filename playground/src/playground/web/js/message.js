// One message: who, when, what, and what can be done with it.
import { SLACKBOT, avatar, displayName } from "./avatar.js";
import { blocks } from "./blocks.js";
import { emoji } from "./emoji.js";
import { composerBox } from "./composerbox.js";
import { clock, fileSize, fullTime, moment, recent } from "./format.js";
import { messageContainer } from "./forms.js";
import { icon } from "./icons.js";
import { act } from "./link.js";
import { toolbar } from "./messageactions.js";
import { mrkdwn, plain } from "./mrkdwn.js";
import { change, person, state } from "./state.js";
import { said, t } from "./texts.js";
import { h } from "./vdom.js";

/** `follows`: the same person wrote just before, so name and picture are left out. `inThread`: it stands in the side pane. */
export function message(channel, one, { follows = false, inThread = false } = {}) {
  if (one.joined) return joined(one);
  const look = ["message", follows && "follows", one.ephemeral && "ephemeral", one.deleted && "deleted", state.editing === one.ts && "editing"].filter(Boolean).join(" ");
  const label = `${one.deleted ? t("deleted") : displayName(one.user)}, ${clock(moment(one.ts))}`;
  return h("article", { class: look, key: one.ts, "aria-label": label, "data-ts": one.ts },
    h("div", { class: "gutter" }, follows ? h("time", { class: "quiet-time", title: fullTime(moment(one.ts)) }, clock(moment(one.ts))) : one.deleted ? h("span", { class: "avatar nobody" }) : avatar(one.user)),
    h("div", { class: "message-main" },
      one.ephemeral ? h("div", { class: "only-you" }, icon("eye"), t("only_you")) : null,
      follows || one.deleted ? null : heading(one, inThread),
      content(channel, one),
      reactions(channel, one),
      inThread ? null : replies(channel, one)),
    one.deleted || state.editing === one.ts ? null : toolbar(channel, one, inThread));
}

function heading(one, inThread) {
  const app = person(one.user)?.is_bot;
  return h("header", { class: "message-head" },
    h("strong", { class: "author" }, displayName(one.user)),
    app ? h("span", { class: "badge" }, "APP") : null,
    h("time", { title: fullTime(moment(one.ts)) }, inThread ? dated(moment(one.ts)) : clock(moment(one.ts))));
}

// A channel has a line for each day; a thread runs over days without one.
const dated = (date) => (recent(date) === clock(date) ? clock(date) : `${recent(date)} ${clock(date)}`);

const joined = (one) => h("div", { class: "joined", key: one.ts }, avatar(one.user, "small"), h("span", {}, `${displayName(one.user)} ${t(one.joined)}`));

function content(channel, one) {
  if (one.deleted) return h("div", { class: "tombstone" }, t("deleted"));
  if (state.editing === one.ts) return editor(channel, one);
  // What a person typed is marked up with * and _ in its text; its rich_text copy is for apps.
  const body = one.blocks?.length && person(one.user)?.is_bot ? blocks(messageContainer(channel, one)) : mrkdwn(clientWords(one));
  return h("div", { class: "body" }, body, one.edited && !person(one.user)?.is_bot ? h("span", { class: "edited" }, ` (${t("edited")})`) : null, attachments(one), files(one));
}

// Slack's own voice speaks the language of the page; everybody else's words are theirs.
const clientWords = (one) => (one.user === SLACKBOT ? said(one.text) : one.text);

const attachments = (one) => (one.attachments || []).map((each) =>
  h("div", { class: "attachment" }, each.title ? h("strong", {}, plain(each.title)) : null, mrkdwn(each.text || each.fallback || "")));

const PICTURE = /\.(png|jpe?g|gif|webp)$/i;

function file(one) {
  const href = `${one.url}?as=${encodeURIComponent(state.who)}`;
  const title = one.title || one.name;
  if (PICTURE.test(one.name)) return h("a", { class: "picture", href, target: "_blank", rel: "noopener" }, h("img", { src: href, alt: title, loading: "lazy" }));
  return h("a", { class: "file", href, target: "_blank", rel: "noopener", download: one.name },
    icon("file"), h("span", {}, h("strong", {}, title), h("small", {}, fileSize(one.size))));
}

const files = (one) => (one.files || []).map(file);

function editor(channel, one) {
  const done = () => change((s) => { s.editing = null; });
  const save = async (text) => {
    if (text.trim() && text !== one.source) await act("edits", { channel: channel.id, ts: one.ts, text });
    done();
  };
  return composerBox({ key: `edit ${one.ts}`, label: t("edit_message"), start: one.source, send: save, cancel: done, channel });
}

function reactions(channel, one) {
  if (!one.reactions?.length) return null;
  const press = (name) => act("reacts", { channel: channel.id, ts: one.ts, name });
  return h("div", { class: "reactions" }, one.reactions.map(({ name, users }) => {
    const mine = users.includes(state.snapshot.me.id);
    const who = users.map(displayName).join(", ");
    return h("button", { type: "button", key: name, class: mine ? "reaction mine" : "reaction", "aria-pressed": String(mine), title: who,
      "aria-label": `${name}: ${who}`, onclick: () => press(name) }, emoji(name), h("span", {}, String(users.length)));
  }));
}

function replies(channel, one) {
  const count = one.replies?.length;
  if (!count) return null;
  const writers = [...new Set(one.replies.map((reply) => reply.user))].slice(0, 4);
  return h("button", { type: "button", class: "replies", onclick: () => openThread(channel, one) },
    h("span", { class: "faces" }, writers.map((id) => avatar(id, "small"))),
    h("span", { class: "count" }, t(count === 1 ? "one_reply" : "replies", count)),
    h("span", { class: "last" }, t("last_reply", recent(moment(one.replies.at(-1).ts)))));
}

export const openThread = (channel, one) => change((s) => Object.assign(s, { place: channel.id, thread: one.thread_ts || one.ts }));
