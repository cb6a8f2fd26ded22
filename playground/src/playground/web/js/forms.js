// What is filled in, and what happens on a press: shared by blocks in messages, in modals and in Home.
// A container is {key, where, blocks}: where is {view} or {channel, ts}, as the server wants to hear it.
import { actOnce } from "./link.js";
import { change, changeAside, state } from "./state.js";
import { t } from "./texts.js";

export const viewContainer = (view) => ({ key: view.id, where: { view: view.id }, blocks: view.blocks });
export const messageContainer = (channel, message) =>
  ({ key: `${channel.id}/${message.ts}`, where: { channel: channel.id, ts: message.ts }, blocks: message.blocks });

const values = (list) => list?.map((option) => option.value);

/** What an element starts with, as its bot asked. */
export function initial(element) {
  return element.initial_value ?? element.initial_option?.value ?? values(element.initial_options)
    ?? element.initial_user ?? element.initial_users ?? element.initial_channel ?? element.initial_channels
    ?? element.initial_conversation ?? element.initial_conversations ?? element.initial_date ?? element.initial_time
    ?? (element.initial_date_time ? String(element.initial_date_time) : undefined);
}

export function value(container, block, element) {
  const typed = state.forms[container.key]?.[block.block_id]?.[element.action_id];
  return typed === undefined ? initial(element) : typed;
}

export function setValue(container, block, element, wanted) {
  const look = container.where.view ? changeAside : change;
  look((s) => {
    const form = (s.forms[container.key] ??= {});
    (form[block.block_id] ??= {})[element.action_id] = wanted;
    if (s.errors[container.key]) delete s.errors[container.key][block.block_id];
  });
}

/** The elements of a block, wherever Block Kit hides them. */
export const elementsOf = (block) => [block.element, block.accessory, ...(block.type === "actions" ? block.elements : [])].filter(Boolean);

/** What the app has not heard of yet: inputs, unless they tell it at once (text does so only on Enter). */
const isHeldBack = (block, element) => block.type === "input" && (!block.dispatch_action || element.type.endsWith("_input"));

/** What was typed and still has a place in the container: an update may have taken a block away. */
export function typed(container) {
  const form = state.forms[container.key] || {};
  const out = {};
  for (const block of container.blocks || []) {
    for (const element of elementsOf(block)) {
      const given = form[block.block_id]?.[element.action_id];
      if (given !== undefined && isHeldBack(block, element)) (out[block.block_id] ??= {})[element.action_id] = given;
    }
  }
  return out;
}

const isEmpty = (given) => given === undefined || given === null || given === "" || (Array.isArray(given) && !given.length);

function complaint(container, block) {
  const given = value(container, block, block.element);
  if (isEmpty(given)) return block.optional ? null : t("please_fill");
  const { min_length: least, max_length: most } = block.element;
  if (typeof given !== "string") return null;
  if (least && [...given].length < least) return t("too_short", least);
  return most && [...given].length > most ? t("too_long", most) : null;
}

/** Words beside each field that cannot be sent as it is: block_id -> words. */
export function complaints(container) {
  const inputs = (container.blocks || []).filter((block) => block.type === "input");
  return Object.fromEntries(inputs.map((block) => [block.block_id, complaint(container, block)]).filter(([, words]) => words));
}

const confirmed = (confirm) => new Promise((resolve) => change((s) => { s.dialog = { kind: "confirm", confirm, resolve }; }));

export const waitKey = (container, element) => `${container.key} ${element.action_id}`;

/** Tell the app that a button was pressed or something was chosen, after the bot's own "are you sure?". */
export async function dispatch(container, block, element, given, how = "chooses") {
  if (element.confirm && !(await confirmed(element.confirm))) return false;
  const key = waitKey(container, element);
  if (state.waiting.has(key)) return false;
  change((s) => s.waiting.add(key));
  const touched = (at) => ({ ...at.container.where, block_id: at.block.block_id, action_id: element.action_id, value: given, values: typed(at.container) });
  const at = { container, block };
  const again = () => { const next = sameElsewhere(at, element, how); return next && touched(next); };
  const answer = await actOnce(how, touched(at), again);
  change((s) => { s.waiting.delete(key); if (answer?.errors) s.errors[container.key] = answer.errors; });
  return answer !== null;
}

/** Where the same button or menu stands in what the app put in its place: {container, block}, or null. */
function sameElsewhere(was, element, how) {
  for (const container of containersLike(was.container)) {
    const block = (container.blocks || []).find((one) => one !== was.block && elementsOf(one).some((other) => isSame(other, element, how)));
    if (block) return { container, block };
  }
  return null;
}

const isSame = (other, element, how) => other.type === element.type && other.action_id === element.action_id
  && (how !== "presses" || other.value === element.value);

/** What stands now where a view or message was: the form on top or Home, or the messages of its channel, the newest first. */
function containersLike({ where }) {
  const { modal, home, channels } = state.snapshot;
  if (where.view) return [modal, home].filter((view) => view && (view.id === where.view || view === modal)).map(viewContainer);
  const channel = channels.find((one) => one.id === where.channel);
  const all = (channel?.messages || []).flatMap((one) => [one, ...(one.replies || [])]);
  return all.reverse().map((one) => messageContainer(channel, one));
}
