// A barcode scanner is a keyboard: a fast burst of keys that ends with Enter is one scan. It
// becomes the event "inventory:scan" on the document; when no page takes it (preventDefault),
// the browser goes to the address in [data-code-find]. See "Scanning" in docs/front-end.md.

// Scanners send a key every 1 to 30 ms, wireless ones with gaps in between; people who type fast
// need 80 and more. So a burst is told by its average, Enter included, and a gap may be long: a
// code that began anew after it would be half a code, and maybe another article's. The time is
// the event's own, of when the key came: a page that is busy meanwhile handles the keys later,
// but doesn't make a scanner slow.
const PACE = 50; // milliseconds a key, on average
const PAUSE = 300; // milliseconds; after so long, the next key begins anew
const SHORTEST = 3; // characters; less is a hand that slipped

const NO_TEXT = "[type=button], [type=checkbox], [type=color], [type=file], [type=image], [type=radio], [type=range], [type=reset], [type=submit]";
const SILENT = new Set(["Shift", "CapsLock", "NumLock", "AltGraph"]);

let keys = "";
let firstAt = 0;
let lastAt = 0;
let scannedAt = -PAUSE;
let list = null; // the select that had the focus, and what it showed before
let chosen = "";

const takesText = (element) => element.isContentEditable || element.matches("textarea, input") && !element.matches(NO_TEXT);
const goesOn = (now) => Boolean(keys) && now - lastAt <= PAUSE;
const isFast = (now) => now - firstAt <= PACE * keys.length;

function swallow(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

// Returns whether a page took the code.
function offer(code) {
  return !document.dispatchEvent(new CustomEvent("inventory:scan", { cancelable: true, detail: { code } }));
}

function find(code) {
  const address = document.querySelector("[data-code-find]")?.dataset.codeFind;
  if (address) location.assign(`${address}?code=${encodeURIComponent(code)}`);
}

function begin(event) {
  keys = "";
  firstAt = event.timeStamp;
  list = event.target.matches("select") ? event.target : null;
  chosen = list?.value;
}

function add(event) {
  const now = event.timeStamp;
  if (!goesOn(now)) begin(event);
  // A "/" in the code must not open the search, nor a blank press a button; the keys go on
  // choosing in a list, as somebody may type there.
  else if (isFast(now) && !list) swallow(event);
  keys += event.key;
  lastAt = now;
}

function end(event) {
  const code = keys.trim();
  const now = event.timeStamp;
  // A word in a list is a choice: of a voice, say, whose program types as fast as a scanner.
  const isWord = list && !/\d/.test(code);
  const isScan = goesOn(now) && isFast(now) && code.length >= SHORTEST && !isWord;
  // Some scanners end with two Enters: the second must press no button either.
  const isSecond = now - scannedAt <= PAUSE;
  keys = "";
  if (isScan || isSecond) swallow(event);
  if (!isScan) return;
  scannedAt = now;
  if (list && list.value !== chosen) {
    list.value = chosen;
    for (const name of ["input", "change"]) list.dispatchEvent(new Event(name, { bubbles: true }));
  }
  // A dialog asks a question, which a scan doesn't answer.
  if (!document.querySelector(".modal.show") && !offer(code)) find(code);
}

// Before everybody else, so that the keys of a scan can be kept from them.
window.addEventListener("keydown", (event) => {
  if (!(event.target instanceof Element)) return;
  const isShortcut = (event.ctrlKey || event.altKey || event.metaKey) && !event.getModifierState("AltGraph");
  if (takesText(event.target) || event.isComposing || event.repeat || isShortcut) keys = "";
  else if (event.key === "Enter") end(event);
  else if (event.key.length === 1) add(event);
  else if (!SILENT.has(event.key)) keys = "";
}, { capture: true });

// A field that is meant for scans: what is typed there counts as well.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || event.defaultPrevented) return;
  const field = event.target;
  if (!(field instanceof Element) || !field.matches("[data-scan-field]")) return;
  const code = field.value.trim();
  if (code && !offer(code)) return;
  event.preventDefault();
  field.value = "";
  field.dispatchEvent(new Event("input", { bubbles: true }));
});

// The camera's page comes back with the code in the address, once.
document.addEventListener("DOMContentLoaded", () => {
  const address = new URL(location.href);
  const code = address.searchParams.get("scan")?.trim();
  if (!code) return;
  address.searchParams.delete("scan");
  history.replaceState(history.state, "", address);
  if (!offer(code)) return find(code);
  // Where it stands for those without scripts.
  for (const field of document.querySelectorAll("[data-scan-field]")) {
    if (field.value.trim() === code) field.value = "";
  }
});
