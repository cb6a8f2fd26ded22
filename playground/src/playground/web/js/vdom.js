// A small virtual DOM: enough to redraw everything on each push without losing focus, caret or scroll.
//
// h("button", {class: "x", onclick: fn, key: "a"}, "text", [more], null) makes a description;
// mount(root)(description) makes the page equal to it. Special properties:
//   key   finds the same element again among its siblings
//   hook  function(element), called once, after the element is in the page
//   html  trusted markup of our own (icons), never text from people

const PROPERTIES = new Set(["value", "checked", "disabled", "selected", "indeterminate", "hidden", "open"]);
const SPECIAL = new Set(["key", "hook", "html"]);

export function h(tag, props, ...children) {
  const flat = children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false && child !== "");
  return { tag, props: props || {}, children: flat.map(asNode), key: props?.key };
}

function asNode(child) {
  return typeof child === "object" ? child : { text: String(child) };
}

export function mount(root) {
  let before = [];
  return (vnode) => {
    const hooks = [];
    before = patchChildren(root, before, [vnode], hooks);
    hooks.forEach((run) => run());
  };
}

function create(vnode, hooks) {
  if (vnode.text !== undefined) return (vnode.el = document.createTextNode(vnode.text));
  const el = (vnode.el = document.createElement(vnode.tag));
  if (vnode.props.html) el.innerHTML = vnode.props.html;
  patchChildren(el, [], vnode.children, hooks);
  patchProps(el, {}, vnode.props);
  if (vnode.props.hook) hooks.push(() => vnode.props.hook(el));
  return el;
}

function patch(old, vnode, hooks) {
  if (old === vnode) return;
  const el = (vnode.el = old.el);
  if (vnode.text !== undefined) {
    if (old.text !== vnode.text) el.data = vnode.text;
    return;
  }
  if (vnode.props.html && vnode.props.html !== old.props.html) el.innerHTML = vnode.props.html;
  if (!vnode.props.html) patchChildren(el, old.children, vnode.children, hooks);
  patchProps(el, old.props, vnode.props);
}

const isMarkup = (node) => Boolean(node.props?.html);
const same = (a, b) => a.tag === b.tag && a.key === b.key && isMarkup(a) === isMarkup(b);

function patchChildren(parent, before, after, hooks) {
  const keyed = new Map(before.filter((node) => node.key !== undefined).map((node) => [node.key, node]));
  const loose = before.filter((node) => node.key === undefined);
  const kept = new Set();
  for (const node of after) {
    const old = node.key !== undefined ? keyed.get(node.key) : loose.find((candidate) => !kept.has(candidate) && same(candidate, node));
    if (old && !kept.has(old) && same(old, node)) {
      kept.add(old);
      patch(old, node, hooks);
    } else create(node, hooks);
  }
  before.filter((node) => !kept.has(node)).forEach((node) => node.el.remove());
  placeInOrder(parent, after);
  return after;
}

function placeInOrder(parent, nodes) {
  let previous = null;
  for (const { el } of nodes) {
    const spot = previous ? previous.nextSibling : parent.firstChild;
    if (spot !== el) parent.insertBefore(el, spot);
    previous = el;
  }
}

function patchProps(el, before, after) {
  for (const name of Object.keys(before)) if (!(name in after)) setProp(el, name, null);
  for (const [name, value] of Object.entries(after)) {
    if (SPECIAL.has(name)) continue;
    if (before[name] !== value || PROPERTIES.has(name)) setProp(el, name, value);
  }
}

function setProp(el, name, value) {
  if (name.startsWith("on")) return listen(el, name.slice(2), value);
  if (PROPERTIES.has(name)) {
    const wanted = name === "value" ? (value ?? "") : Boolean(value);
    if (el[name] !== wanted) el[name] = wanted;
    return;
  }
  if (value === null || value === undefined || value === false) el.removeAttribute(name);
  else el.setAttribute(name, value === true ? "" : value);
}

function listen(el, type, handler) {
  el.handlers ??= {};
  if (!(type in el.handlers)) el.addEventListener(type, (event) => el.handlers[type]?.(event));
  el.handlers[type] = handler;
}
