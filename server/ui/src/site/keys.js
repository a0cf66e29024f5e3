// "/" goes to the search box, as on many sites with much to look up.

const TYPING = "input, textarea, select, [contenteditable]:not([contenteditable='false'])";

/** Let "/" focus `box`, unless somebody is typing; an editor in a shadow root is seen by the event's path. */
export function listenForSlash(box) {
  box.setAttribute("aria-keyshortcuts", "/");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.composedPath()[0].closest?.(TYPING)) return;
    event.preventDefault(); // or the slash would be typed into the box
    box.focus();
    box.select();
  });
}
