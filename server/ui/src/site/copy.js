// Buttons that copy: <button type="button" data-copy="ID" hidden>Copy</button>, where ID names the element whose text
// or value, or the address of a link, is meant. They are hidden in the page, since without this script they could do nothing.

const SHOWN = 2000; // milliseconds for which a button tells what came of it

/** Show the copy buttons below `root` and let them work. */
export function offerCopies(root) {
  for (const button of root.querySelectorAll("button[data-copy]")) {
    const source = document.getElementById(button.dataset.copy);
    if (!source) continue;
    button.hidden = false;
    button.setAttribute("aria-live", "polite"); // its new words are read out
    button.addEventListener("click", () => copy(source, button));
  }
}

async function copy(source, button) {
  const words = (button.dataset.words ??= button.textContent);
  const done = await write(source.href ?? source.value ?? source.textContent);
  button.textContent = done ? "Copied" : "Not copied: select it and press Ctrl+C";
  setTimeout(() => { button.textContent = words; }, SHOWN);
}

/** Whether `text` is now in the clipboard. Browsers give pages without TLS no `navigator.clipboard`. */
async function write(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return writeByCommand(text);
  }
}

function writeByCommand(text) {
  const area = document.createElement("textarea");
  const focused = document.activeElement;
  area.value = text;
  area.className = "hidden";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  focused?.focus();
  return done;
}
