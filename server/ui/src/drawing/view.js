// The part of a drawing that is seen, as pure functions. A view is { x, y, k }: its upper left corner in units of the
// drawing, and how many times it is enlarged. No view leaves the drawing.

export const MOST = 8;

export const WHOLE = { x: 0, y: 0, k: 1 };

const between = (low, value, high) => Math.min(Math.max(value, low), high);

export function bounded(view, size) {
  const k = between(1, view.k, MOST);
  return {
    x: between(0, view.x, size.width - size.width / k),
    y: between(0, view.y, size.height - size.height / k),
    k,
  };
}

// Enlarge so that the point (in units of the drawing) stays where it is on the screen.
export function zoomed(view, factor, point, size) {
  const k = between(1, view.k * factor, MOST);
  const share = view.k / k;
  return bounded({ x: point.x - (point.x - view.x) * share, y: point.y - (point.y - view.y) * share, k }, size);
}

export function moved(view, across, down, size) {
  return bounded({ ...view, x: view.x + across, y: view.y + down }, size);
}

export function viewBox(view, size) {
  return [view.x, view.y, size.width / view.k, size.height / view.k].map((n) => n.toFixed(2)).join(" ");
}
