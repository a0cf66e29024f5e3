// What stands in a row of the table is marked in the picture when the row is pointed at or has the focus, and the
// other way round. Both carry the same data-key.

const NEAR = "near";

export function joinRows(root) {
  const elements = new Map();
  for (const element of root.querySelectorAll("[data-key]")) {
    const key = element.dataset.key;
    if (!elements.has(key)) elements.set(key, []);
    elements.get(key).push(element);
  }
  const mark = (event, isNear) => {
    const key = event.target.closest?.("[data-key]")?.dataset.key;
    for (const element of elements.get(key) ?? []) element.classList.toggle(NEAR, isNear);
  };
  for (const name of ["pointerover", "focusin"]) root.addEventListener(name, (event) => mark(event, true));
  for (const name of ["pointerout", "focusout"]) root.addEventListener(name, (event) => mark(event, false));
}
