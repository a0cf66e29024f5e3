// Suggestions under a search box: the combobox of the ARIA Authoring Practices with a list and manual selection
// (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). Enter without a choice searches, as it does without this.

import { fetchSuggestions } from "./suggestions.js";

const PAUSE = 150; // milliseconds without a key before anything is asked
let boxes = 0;

/** Let `box`, the input of a search form, suggest things by name. */
export function suggest(box) {
  new Combobox(box).listen();
}

class Combobox {
  constructor(box) {
    this.box = box;
    this.id = `suggestions-${(boxes += 1)}`;
    this.list = element("ul", { id: this.id, role: "listbox", "aria-label": "Suggestions", class: "suggestions" });
    this.status = element("p", { role: "status", class: "hidden" });
    this.list.hidden = true;
    this.active = -1;
    this.timer = 0;
    this.request = null;
    set(box, { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.id });
    box.form.append(this.list, this.status);
  }

  listen() {
    this.box.addEventListener("input", () => this.schedule());
    this.box.addEventListener("keydown", (event) => this.press(event));
    this.box.addEventListener("blur", () => this.close());
    this.list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest('[role="option"]');
      if (option) this.go(option);
    });
  }

  get options() {
    return [...this.list.children];
  }

  schedule() {
    clearTimeout(this.timer);
    this.request?.abort();
    const words = this.box.value.trim();
    if (words.length < 2) return this.close();
    this.timer = setTimeout(() => this.ask(words), PAUSE);
  }

  async ask(words) {
    const request = (this.request = new AbortController());
    const found = await fetchSuggestions(words, request.signal);
    if (request.signal.aborted || this.box.value.trim() !== words || !this.focused()) return;
    this.show(found);
  }

  focused() {
    return document.activeElement === this.box;
  }

  show(suggestions) {
    this.list.replaceChildren(...suggestions.map((one, index) => option(one, `${this.id}-${index}`)));
    this.choose(-1);
    this.list.hidden = suggestions.length === 0;
    this.box.setAttribute("aria-expanded", String(!this.list.hidden));
    const count = suggestions.length;
    this.status.textContent = count === 0 ? "No suggestions" : `${count} suggestion${count === 1 ? "" : "s"}`;
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.list.hidden = true;
    this.choose(-1);
    this.status.textContent = "";
    this.box.setAttribute("aria-expanded", "false");
  }

  /** Mark the option at `index`; -1 is the box itself. */
  choose(index) {
    this.active = index;
    this.options.forEach((one, place) => one.setAttribute("aria-selected", String(place === index)));
    const chosen = this.options[index];
    if (!chosen) return this.box.removeAttribute("aria-activedescendant");
    this.box.setAttribute("aria-activedescendant", chosen.id);
    chosen.scrollIntoView({ block: "nearest" });
  }

  press(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    if (this.list.hidden) {
      if (event.key === "ArrowDown") { this.schedule(); event.preventDefault(); }
      return;
    }
    const count = this.options.length;
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in moves) {
      this.choose((this.active + 1 + moves[event.key] + count + 1) % (count + 1) - 1);
    } else if (event.key === "Escape") {
      this.close(); // the browser would empty the box
    } else if (event.key === "Enter" && this.active >= 0) {
      this.go(this.options[this.active]);
    } else {
      return;
    }
    event.preventDefault();
  }

  go(option) {
    this.close();
    location.assign(option.dataset.href);
  }
}

function option({ label, kind, href, snippet }, id) {
  const one = element("li", { id, role: "option", "aria-selected": "false", "data-href": href });
  const name = element("bdi", {});
  name.textContent = label;
  one.append(name);
  for (const [words, style] of [[kind, "kind"], [snippet, "snippet"]]) {
    if (!words) continue;
    const part = element("span", { class: style });
    part.textContent = words;
    one.append(" ", part);
  }
  return one;
}

function element(name, attributes) {
  return set(document.createElement(name), attributes);
}

function set(target, attributes) {
  for (const [name, value] of Object.entries(attributes)) target.setAttribute(name, value);
  return target;
}
