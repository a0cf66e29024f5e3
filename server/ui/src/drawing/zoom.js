// Makes a drawing zoomable: by buttons, by + - 0 and the arrow keys, by pinching, by dragging, and by the wheel with
// Ctrl or once the drawing has the focus; a page that stops scrolling under the pointer is a trap. There is no movement
// of its own, so nothing has to be reduced for who asks for less.

import { slimmer } from "./slim.js";
import { MOST, WHOLE, moved, viewBox, zoomed } from "./view.js";

const STEP = 1.5;
const KEYS = { "+": STEP, "=": STEP, "-": 1 / STEP, _: 1 / STEP };
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const MOVE = 0.15; // of what is seen

export function makeZoomable(canvas) {
  const svg = canvas.querySelector("svg.drawing");
  if (!svg) return;
  const { width, height } = svg.viewBox.baseVal;
  const size = { width, height };
  const slim = slimmer(svg);
  let view = WHOLE;

  const show = (next) => {
    view = next;
    svg.setAttribute("viewBox", viewBox(view, size));
    slim(view.k);
    canvas.classList.toggle("zoomed", view.k > 1);
    for (const button of buttons) button.update(view);
  };
  const middle = () => ({ x: view.x + width / view.k / 2, y: view.y + height / view.k / 2 });
  const by = (factor, point = middle()) => show(zoomed(view, factor, point, size));

  const buttons = addButtons(canvas, [
    ["Zoom in", "+", () => by(STEP), (now) => now.k >= MOST],
    ["Zoom out", "−", () => by(1 / STEP), (now) => now.k <= 1],
    ["Show the whole drawing", "0", () => show(WHOLE), (now) => now.k <= 1],
  ]);
  for (const button of buttons) button.update(view);
  if (!canvas.hasAttribute("tabindex")) {
    canvas.tabIndex = 0;
    canvas.setAttribute("role", "group");
    canvas.setAttribute("aria-label", "Drawing: plus and minus zoom, arrows move, 0 shows all");
  }
  canvas.addEventListener("keydown", (event) => onKey(event, canvas, view, by, show, size));
  canvas.addEventListener("wheel", (event) => onWheel(event, canvas, svg, by), { passive: false });
  followPointers(svg, () => view, by, (across, down) => show(moved(view, across, down, size)));
}

function addButtons(canvas, entries) {
  const bar = document.createElement("div");
  bar.className = "zoom";
  const made = entries.map(([label, sign, act, isIdle]) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = sign;
    button.setAttribute("aria-label", label);
    button.title = label;
    button.addEventListener("click", act);
    bar.append(button);
    // Not disabled but said to be: a button that is disabled under the finger loses the focus.
    return { update: (view) => button.setAttribute("aria-disabled", String(isIdle(view))) };
  });
  canvas.before(bar);
  return made;
}

function onKey(event, canvas, view, by, show, size) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const arrow = event.target === canvas && view.k > 1 && ARROWS[event.key];
  if (KEYS[event.key]) by(KEYS[event.key]);
  else if (event.key === "0") show(WHOLE);
  else if (arrow) show(moved(view, (arrow[0] * MOVE * size.width) / view.k, (arrow[1] * MOVE * size.height) / view.k, size));
  else return;
  event.preventDefault();
}

function onWheel(event, canvas, svg, by) {
  if (!event.ctrlKey && !canvas.contains(document.activeElement)) return;
  event.preventDefault();
  by(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.002)), pointIn(svg, event));
}

function pointIn(svg, event) {
  return new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
}

// One finger or the mouse moves what is enlarged; two fingers zoom. A drag is no click on the link beneath it.
function followPointers(svg, viewNow, by, move) {
  const at = new Map();
  let dragged = 0;
  const apart = () => {
    const [one, other] = [...at.values()];
    return Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
  };
  svg.addEventListener("pointerdown", (event) => {
    at.set(event.pointerId, event);
    dragged = 0;
  });
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  svg.addEventListener("pointermove", (event) => {
    const before = at.get(event.pointerId);
    if (!before) return;
    if (at.size === 2) {
      const old = apart();
      at.set(event.pointerId, event);
      if (old > 0) by(apart() / old, pointIn(svg, event));
    } else if (viewNow().k > 1) {
      const [from, to] = [pointIn(svg, before), pointIn(svg, event)];
      dragged += Math.hypot(event.clientX - before.clientX, event.clientY - before.clientY);
      if (dragged > 4 && !svg.hasPointerCapture(event.pointerId)) svg.setPointerCapture(event.pointerId);
      move(from.x - to.x, from.y - to.y);
    }
    at.set(event.pointerId, event);
  });
  for (const name of ["pointerup", "pointercancel", "pointerleave"]) {
    svg.addEventListener(name, (event) => at.delete(event.pointerId));
  }
  svg.addEventListener("click", (event) => dragged > 4 && event.preventDefault(), { capture: true });
}
