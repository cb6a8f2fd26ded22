// The blocks of Block Kit.
import { plainText, richText } from "./blocktext.js";
import { control, idFor } from "./controls.js";
import { markdown } from "./markdown.js";
import { richTextBlock } from "./richtext.js";
import { state } from "./state.js";
import { t } from "./texts.js";
import { h } from "./vdom.js";

/** All blocks of a container (see forms.js). */
export const blocks = (container) => (container.blocks || []).map((block, index) =>
  h("div", { class: `block ${block.type}`, key: block.block_id || `block ${index}` }, BLOCKS[block.type]?.(container, block) ?? unknown(block)));

const unknown = (block) => h("em", { class: "unknown" }, t("cannot_show", block.type));

function section(c, block) {
  const about = block.text ? plainText(block.text) : "";
  const body = h("div", { class: "section-body" },
    block.text ? h("div", { class: "text" }, richText(block.text)) : null,
    block.fields ? h("div", { class: "fields" }, block.fields.map((field) => h("div", { class: "text" }, richText(field)))) : null);
  return [body, block.accessory ? h("div", { class: "accessory" }, control(c, block, block.accessory, { label: about.slice(0, 80) })) : null];
}

function context(c, block) {
  return block.elements.map((element) => element.type === "image"
    ? h("img", { class: "context-image", src: element.image_url, alt: element.alt_text })
    : h("span", { class: "text" }, richText(element)));
}

const GROUPED = new Set(["radio_buttons", "checkboxes"]);

function input(c, block) {
  const { element } = block;
  const id = idFor(c, block, element);
  const wrong = state.errors[c.key]?.[block.block_id];
  const label = [plainText(block.label), block.optional ? h("span", { class: "optional" }, t("optional")) : null];
  const named = { invalid: wrong, describedby: [wrong && `${id}-error`, block.hint && `${id}-hint`].filter(Boolean).join(" ") || null };
  const grouped = GROUPED.has(element.type) || element.type.startsWith("multi_");
  if (grouped) named.labelledby = `${id}-label`;
  return [
    h(grouped ? "div" : "label", { class: "label", id: `${id}-label`, for: grouped ? null : id }, label),
    control(c, block, element, named),
    wrong ? h("div", { class: "error", id: `${id}-error`, role: "alert" }, wrong) : null,
    block.hint ? h("div", { class: "hint", id: `${id}-hint` }, plainText(block.hint)) : null,
  ];
}

function image(c, block) {
  const caption = plainText(block.title);
  const src = block.image_url || block.slack_file?.url || "";
  return h("figure", {}, caption ? h("figcaption", {}, caption) : null, h("img", { src, alt: block.alt_text, loading: "lazy" }));
}

const BLOCKS = {
  header: (c, block) => h("h3", {}, plainText(block.text)),
  section, context, input, image,
  divider: () => h("hr"),
  actions: (c, block) => block.elements.map((element) => control(c, block, element)),
  rich_text: (c, block) => richTextBlock(block),
  markdown: (c, block) => markdown(block.text),
};
