// Text objects of Block Kit: {type: plain_text | mrkdwn, text}.
import { withEmoji } from "./emoji.js";
import { mrkdwn, inline, plain } from "./mrkdwn.js";

/** As a string, for labels, buttons and attributes. */
export const plainText = (object) => (object ? withEmoji(object.type === "mrkdwn" ? plain(object.text) : object.text) : "");

/** As vnodes on one line. */
export const decodeText = (object) => (object.type === "mrkdwn" ? inline(object.text) : [withEmoji(object.text)]);

/** As vnodes with paragraphs and lists. */
export const richText = (object) => (object.type === "mrkdwn" ? mrkdwn(object.text) : [withEmoji(object.text)]);
