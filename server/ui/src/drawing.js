// Comfort for drawings that are complete without it: zooming, moving, and a row of the table shown in the picture.
// Nothing is fetched and nothing drawn anew: the part of the SVG that is seen is its viewBox.

import { joinRows } from "./drawing/rows.js";
import { makeZoomable } from "./drawing/zoom.js";

for (const canvas of document.querySelectorAll("[data-zoom]")) makeZoomable(canvas);
joinRows(document);
