// Our own line icons, 20 by 20.
import { h } from "./vdom.js";

const PATHS = {
  hash: "M4 8h13M3 13h13M8.5 3.5 6.5 17M13.5 3.5l-2 13.5",
  lock: "M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9",
  home: "M3.5 9.5 10 4l6.5 5.5V16a1 1 0 0 1-1 1h-3.5v-4.5h-4V17H4.5a1 1 0 0 1-1-1z",
  chat: "M4 4h12a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H9l-4 3v-3H4a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1z",
  plus: "M10 4v12M4 10h12",
  close: "M5 5l10 10M15 5 5 15",
  menu: "M3 5.5h14M3 10h14M3 14.5h14",
  more: "M4.5 10h.01M10 10h.01M15.5 10h.01",
  smile: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM7.5 8h.01M12.5 8h.01M7 12c1.7 2 4.3 2 6 0",
  reply: "M8 5 3 9.5 8 14M3.5 9.5H12a5 5 0 0 1 5 5V16",
  send: "M3.5 10 17 3.5 12.5 17 9.5 11z",
  people: "M7.5 9.5a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6zM2.5 16c.4-3 2.3-4.5 5-4.5s4.6 1.5 5 4.5M13 9a2.3 2.3 0 1 0-.5-4.5M14.5 11.7c1.700.3 2.8 1.6 3 3.8",
  sun: "M10 13.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.3 4.3l1 1M14.7 14.7l1 1M4.3 15.7l1-1M14.7 5.3l1-1",
  moon: "M16.5 12A7 7 0 0 1 8 3.5 7 7 0 1 0 16.5 12z",
  back: "M12 4.5 6.5 10l5.5 5.5",
  down: "M5.5 8 10 12.5 14.5 8",
  check: "M4.5 10.5l3.5 3.5 7.5-8",
  file: "M6 3h5l4 4v10H6zM11 3v4h4",
  eye: "M2.5 10c2-3.5 4.5-5 7.5-5s5.5 1.5 7.5 5c-2 3.5-4.5 5-7.5 5s-5.5-1.5-7.5-5zM10 12a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
  bolt: "M11.2 2.8 4.8 11.2h4.6l-.9 6 6.7-8.6h-4.7z",
  warn: "M10 3.5 17.5 16.5h-15zM10 8.5v3.5M10 14.3h.01",
};

const svg = (name) => `<svg viewBox="0 0 20 20" aria-hidden="true"><path d="${PATHS[name]}"/></svg>`;

export const icon = (name) => h("span", { class: `icon icon-${name}`, html: svg(name) });

/** Our mark: a sound that spreads. */
export const mark = () => h("span", { class: "mark", html:
  '<svg viewBox="0 0 32 32" aria-hidden="true"><circle cx="10" cy="16" r="3.5"/><path d="M16 9.5a9.2 9.2 0 0 1 0 13M20.5 5.5a15 15 0 0 1 0 21"/></svg>' });
