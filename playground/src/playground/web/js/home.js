// The app's Home tab.
import { blocks } from "./blocks.js";
import { appHeader } from "./channel.js";
import { viewContainer } from "./forms.js";
import { state } from "./state.js";
import { t } from "./texts.js";
import { h } from "./vdom.js";

export function homePane() {
  const { home, app } = state.snapshot;
  return h("main", { class: "pane", key: "main", "aria-label": `${app.name} ${t("home")}` }, appHeader("home"),
    h("div", { class: "home", role: "tabpanel", tabindex: "0", "data-scroll": "home" },
      home ? h("div", { class: "home-body", key: home.id }, failure(home), blocks(viewContainer(home))) : h("p", { class: "empty-hint" }, t("empty_home", app.name))));
}

const failure = (home) => (state.errors[home.id]?.[""] ? h("p", { class: "error", role: "alert" }, state.errors[home.id][""]) : null);
