// Times as this person reads them: in their own zone, in the language of the page.
import { state } from "./state.js";
import { t } from "./texts.js";

const zone = () => state.snapshot?.me.tz || undefined;
export const moment = (ts) => new Date(parseFloat(ts) * 1000);
export const now = () => new Date(state.snapshot.now);

// As the bot writes them: Monday 16 November, with no comma and not the month first.
const LOCALES = { en: "en-GB" };
const made = { where: "", by: new Map() };

/** Intl.DateTimeFormat is slow to make and quick to use, and a long channel needs it hundreds of times. */
function formatter(options) {
  const where = state.language + zone();
  if (made.where !== where) Object.assign(made, { where, by: new Map() });
  if (!made.by.has(options)) made.by.set(options, new Intl.DateTimeFormat(LOCALES[state.language] || state.language, { timeZone: zone(), ...options }));
  return made.by.get(options);
}

const format = (date, options) => formatter(options).format(date).replace(/^(\p{L}+), /u, "$1 ");

const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const SHORT_DAY = { day: "numeric", month: "short", year: "numeric" };
const LONG_DAY = { day: "numeric", month: "long", year: "numeric" };
const SECONDS = { ...CLOCK, second: "2-digit" };
const NUMBERS = { year: "numeric", month: "2-digit", day: "2-digit" };
const NEAR_DAY = { day: "numeric", month: "short" };
const WEEKDAY = { weekday: "long", day: "numeric", month: "long" };
const FULL_DAY = { weekday: "long", day: "numeric", month: "long", year: "numeric" };

const SHORT_WEEKDAY = { weekday: "short", day: "numeric", month: "short" };

export const clock = (date) => format(date, CLOCK);
export const dayKey = (date) => format(date, NUMBERS);
export const dayAndClock = (date) => `${format(date, SHORT_WEEKDAY)} ${clock(date)}`;
export const fullTime = (date) => `${format(date, FULL_DAY)} ${clock(date)}`;

const daysAgo = (date) => Math.round((Date.parse(isoDay(now())) - Date.parse(isoDay(date))) / 86400000);

function isoDay(date) {
  const part = Object.fromEntries(formatter(NUMBERS).formatToParts(date).map((p) => [p.type, p.value]));
  return `${part.year}-${part.month}-${part.day}`;
}

function relative(date, otherwise) {
  const ago = daysAgo(date);
  if (ago === 0) return t("today");
  if (ago === 1) return t("yesterday");
  if (ago === -1) return t("tomorrow");
  return otherwise;
}

/** The words on a day divider. */
export function dayLabel(date) {
  const sameYear = isoDay(date).slice(0, 4) === isoDay(now()).slice(0, 4);
  const label = format(date, sameYear ? WEEKDAY : FULL_DAY);
  return capital(relative(date, label));
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

const SLACK_TOKENS = {
  date_num: (d) => isoDay(d),
  date: (d) => format(d, LONG_DAY),
  date_short: (d) => format(d, SHORT_DAY),
  date_long: (d) => format(d, FULL_DAY),
  date_pretty: (d) => relative(d, format(d, LONG_DAY)),
  date_short_pretty: (d) => relative(d, format(d, SHORT_DAY)),
  date_long_pretty: (d) => relative(d, format(d, FULL_DAY)),
  date_long_full: (d) => format(d, FULL_DAY),
  time: (d) => clock(d),
  time_secs: (d) => format(d, SECONDS),
  ago: (d) => relative(d, format(d, SHORT_DAY)),
  day_divider_pretty: (d) => dayLabel(d),
};

/** When something last happened: the hour if that was today, else the day. */
export const recent = (date) => (daysAgo(date) === 0 ? clock(date) : relative(date, format(date, NEAR_DAY)));

/** Slack's own date tokens: slackDate(1700000000, "{date_short} {time}"). An unknown token stays as it is. */
export function slackDate(seconds, pattern) {
  const date = new Date(seconds * 1000);
  return pattern.replace(/\{(\w+)\}/g, (whole, token) => SLACK_TOKENS[token]?.(date) ?? whole);
}

export function fileSize(bytes) {
  if (!bytes) return "";
  return bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} kB` : `${(bytes / 1048576).toFixed(1)} MB`;
}
