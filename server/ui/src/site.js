// On every page: "/" goes to the search box, which suggests as one types, and buttons copy.
// Small, because everybody fetches it. Pages are complete without it.

import { offerCopies } from "./site/copy.js";
import { listenForSlash } from "./site/keys.js";
import { suggest } from "./site/suggest.js";

const boxes = document.querySelectorAll('form[role="search"] input[type="search"]');
boxes.forEach(suggest);
if (boxes.length) listenForSlash(boxes[0]);
offerCopies(document);
