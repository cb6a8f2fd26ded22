// Lists of messages stay at the end when they were there, and where they were when not.

const NEAR = 60;
const seen = new Map();   // what is shown -> how far from the top, or "end"

/** Call before drawing; call what it gives back after drawing. */
export function keepScroll() {
  document.querySelectorAll("[data-scroll]").forEach((list) => seen.set(list.dataset.scroll, place(list)));
  return () => document.querySelectorAll("[data-scroll]").forEach(restore);
}

const place = (list) => (list.scrollHeight - list.scrollTop - list.clientHeight < NEAR ? "end" : list.scrollTop);

function restore(list) {
  const wanted = seen.get(list.dataset.scroll) ?? (list.classList.contains("messages") ? "end" : 0);
  if (list.classList.contains("home")) return;
  list.scrollTop = wanted === "end" ? list.scrollHeight : wanted;
}
