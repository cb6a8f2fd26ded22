// A person's initials on their own colour; the app's mark for the app.
import { mark } from "./icons.js";
import { person, state } from "./state.js";
import { h } from "./vdom.js";

const HUES = [14, 152, 205, 42, 268, 338, 178, 92, 232, 300];

const initials = (name) => name.split(/\s+/).filter(Boolean).slice(0, 2).map((word) => word[0].toUpperCase()).join("");

/** By their place in the list, so that no two of a small cast look alike. */
const hue = (id) => HUES[Math.max(0, state.snapshot.people.findIndex((one) => one.id === id)) % HUES.length];

export const SLACKBOT = "USLACKBOT";

export const displayName = (id) => {
  const who = person(id);
  if (id === SLACKBOT) return "Slackbot";
  return who ? who.real_name || who.name : id;
};

/** size: "small", "" or "large". */
export function avatar(id, size = "") {
  const who = person(id);
  if (who?.is_bot) return h("span", { class: `avatar app ${size}`, "aria-hidden": "true" }, mark());
  return h("span", { class: `avatar ${size}`, style: `--hue:${hue(id)}`, "aria-hidden": "true" }, initials(displayName(id)) || "?");
}
