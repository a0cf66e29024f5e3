// The query page: an editor instead of the text area, and queries kept in the browser.

import { mountEditor } from "./sparql/editor.js";
import { keepQueries } from "./sparql/saved.js";

// Characters of an address that the server takes for certain: its limit for a whole header is 64 KiB.
const LONGEST = 32_000;

const area = document.getElementById("query");
const { form } = area;
mountEditor(area, form);
keepQueries(area);
form.addEventListener("submit", () => {
  const length = new URLSearchParams(new FormData(form)).toString().length;
  form.method = length > LONGEST ? "post" : "get"; // a longer query has an answer, but no address
});
