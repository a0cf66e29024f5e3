// Queries that readers keep for themselves: in this browser, by name, with a file to carry them elsewhere.

const KEY = "aidgraph.queries";

/** Show the list of kept queries; `area` holds the one that can be kept. */
export function keepQueries(area) {
  const section = document.getElementById("saved");
  const list = document.getElementById("saved-list");
  const status = document.getElementById("saved-status");
  const name = document.getElementById("save-name");
  if (!section || !canStore()) return;
  section.hidden = false;

  const show = () => list.replaceChildren(...load().map((one) => item(one, remove)));
  const store = (queries, words) => {
    localStorage.setItem(KEY, JSON.stringify(queries));
    status.textContent = words;
    show();
  };
  const remove = (gone) => {
    store(load().filter((one) => one.name !== gone), `Removed “${gone}”.`);
    name.focus();
  };

  document.getElementById("save").addEventListener("submit", (event) => {
    event.preventDefault();
    const kept = name.value.trim();
    if (!kept) return;
    store(merged(load(), [{ name: kept, query: area.value }]), `Kept “${kept}”.`);
    name.value = "";
  });
  document.getElementById("saved-export").addEventListener("click", () => save(load()));
  document.getElementById("saved-import").addEventListener("change", async ({ target }) => {
    const found = readQueries(await target.files[0].text());
    target.value = "";
    if (found) store(merged(load(), found), `Added ${found.length} ${found.length === 1 ? "query" : "queries"}.`);
    else status.textContent = "That file holds no queries that were saved here.";
  });
  addEventListener("storage", show); // another tab kept one
  show();
}

function canStore() {
  try {
    localStorage.getItem(KEY);
    return true;
  } catch {
    return false; // switched off by the reader
  }
}

function load() {
  return readQueries(localStorage.getItem(KEY) ?? "[]") ?? [];
}

/** The queries in a JSON text; null if it is something else. */
function readQueries(text) {
  try {
    const found = JSON.parse(text);
    const isOne = (one) => typeof one?.name === "string" && typeof one?.query === "string";
    return Array.isArray(found) && found.every(isOne) ? found.map(({ name, query }) => ({ name, query })) : null;
  } catch {
    return null;
  }
}

/** Both lists by name; of two with one name the second stays. */
function merged(old, added) {
  const byName = new Map([...old, ...added].map((one) => [one.name, one]));
  return [...byName.values()].sort((one, other) => one.name.localeCompare(other.name));
}

function item({ name, query }, remove) {
  const row = document.createElement("li");
  const link = document.createElement("a");
  const label = document.createElement("bdi");
  const button = document.createElement("button");
  link.href = `/sparql?${new URLSearchParams({ query })}`;
  label.textContent = name;
  link.append(label);
  button.type = "button";
  button.textContent = "Remove";
  button.setAttribute("aria-label", `Remove ${name}`);
  button.addEventListener("click", () => remove(name));
  row.append(link, " ", button);
  return row;
}

function save(queries) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(queries, null, 1)], { type: "application/json" }));
  link.download = "aidgraph-queries.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
