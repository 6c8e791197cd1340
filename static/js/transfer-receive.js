// form[data-arrivals]: each scan counts one of what arrived, and each row says how it differs
// from what is on the way. What is counted is kept for this tab until it is received, so that a
// way to the camera and back loses nothing. Without this script the button beside the field asks
// the server.
const form = document.querySelector("form[data-arrivals]");
const scanField = form.elements.code;
const status = form.querySelector("[data-said]");
const words = form.dataset;
const LONGEST = 9; // digits of a quantity; what is longer was scanned into its field

const products = new Map(); // code -> id of its product
let queue = Promise.resolve(); // one scan after the other, in their order
let isReceiving = false;

const rows = [...form.querySelectorAll("tr[data-product]")];
const inputOf = (row) => row.querySelector(".qty-input");
const rowOf = (id) => rows.find((row) => row.dataset.product === String(id));
const fill = (text, facts) => text.replace(/{(\w+)}/g, (all, key) => facts[key] ?? all);
const numberIn = (input) => (/^\d+$/.test(input.value.trim()) ? Number(input.value) : null);

function say(text, isGood) {
  const icon = document.createElement("i");
  icon.className = `bi bi-${isGood ? "check-circle-fill" : "exclamation-triangle-fill"}`;
  icon.ariaHidden = "true";
  const sentence = document.createElement("span");
  sentence.textContent = text;
  status.classList.toggle("is-bad", !isGood);
  status.replaceChildren(icon, sentence);
}

function compare(row) {
  const arrived = numberIn(inputOf(row));
  const difference = arrived === null ? 0 : arrived - Number(row.dataset.expected);
  const text = difference < 0 ? words.fewer : difference > 0 ? words.more : "";
  row.querySelector("[data-difference]").textContent = fill(text, { units: Math.abs(difference) });
  // What of the rest is only a question where there is one; what is not seen says nothing.
  const rest = row.querySelector("select");
  rest.hidden = difference >= 0;
  if (rest.hidden) rest.selectedIndex = 0;
}

function countOne(row) {
  const input = inputOf(row);
  input.value = (numberIn(input) ?? 0) + 1;
  compare(row);
  for (const other of rows) other.classList.toggle("is-selected", other === row);
  row.scrollIntoView({ block: "nearest" });
  say(fill(words.now, { name: row.dataset.name, units: input.value }), true);
}

async function find(code) {
  const query = new URLSearchParams({ format: "json", code });
  const answer = await fetch(`${words.find}?${query}`, { headers: { Accept: "application/json" } });
  if (answer.redirected) location.assign(location.pathname); // signed out meanwhile
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
}

async function take(code) {
  const known = rowOf(products.get(code));
  if (known) return countOne(known);
  try {
    const answer = await find(code);
    if (!answer.found) return say(fill(words.unknown, { name: code }), false);
    products.set(code, answer.id);
    const row = rowOf(answer.id);
    if (row) countOne(row);
    else say(fill(words.strange, { name: answer.name }), false);
  } catch {
    say(fill(words.failed, { name: code }), false);
    scanField.value = code;
  }
}

const count = (code) => { queue = queue.then(() => take(code)); };

// A scanner that typed into a quantity meant the product, not 4,006,381,333,931 of it.
function leave(input) {
  const typed = input.value.trim();
  const before = input.dataset.before ?? "";
  if (typed.length > LONGEST) {
    input.value = before;
    count(typed.startsWith(before) && typed !== before ? typed.slice(before.length) : typed);
  }
  compare(input.closest("tr"));
  scanField.focus();
}

document.addEventListener("inventory:scan", (event) => {
  event.preventDefault();
  count(event.detail.code);
});

form.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  isReceiving = Boolean(button) && button.name !== "add";
  if (button?.name !== "add") return;
  event.preventDefault();
  const focused = document.activeElement;
  const code = scanField.value.trim();
  scanField.value = "";
  if (code) count(code);
  else if (focused.matches(".qty-input")) leave(focused);
  else scanField.focus();
});

form.addEventListener("focusin", ({ target }) => {
  if (!target.matches(".qty-input")) return;
  target.dataset.before = target.value;
  target.select();
});
form.addEventListener("input", ({ target }) => {
  if (target.matches(".qty-input")) compare(target.closest("tr"));
});

const typed = () => [...form.querySelectorAll(".qty-input, select, [name=reason]")];

function keep() {
  const counted = typed().map((field) => [field.name, field.value]);
  try {
    if (isReceiving) sessionStorage.removeItem(words.keep);
    else sessionStorage.setItem(words.keep, JSON.stringify(counted));
  } catch { /* the browser keeps nothing: then the counts are only on this page */ }
}

function restore() {
  const kept = new Map(JSON.parse(sessionStorage.getItem(words.keep) ?? "[]"));
  sessionStorage.removeItem(words.keep);
  if (!("fresh" in words)) return;
  for (const field of typed()) field.value = kept.get(field.name) ?? field.value;
  if (rows.some((row) => inputOf(row).value)) say(words.kept, true);
}

for (const part of form.querySelectorAll("[data-needs-script]")) part.hidden = false;
addEventListener("pagehide", keep);
restore();
rows.forEach(compare);
