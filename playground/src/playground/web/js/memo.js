// A drawing that is made again only when something it shows may have changed.
import { state } from "./state.js";

const kept = new Map();

/** The drawing kept under `name`, as long as it is about the same thing and the state has the same revision. */
export function memo(name, about, draw) {
  const old = kept.get(name);
  if (old && old.about === about && old.revision === state.revision) return old.drawing;
  const drawing = draw();
  kept.set(name, { about, revision: state.revision, drawing });
  return drawing;
}
