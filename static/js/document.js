// form[data-document] takes lines without loading the page anew: scanned, typed or chosen. What
// is in it is kept for this tab until it is posted, so that a way to the camera or to a new
// product and back loses nothing. Without this script each button sends the form.
const form = document.querySelector("form[data-document]");
const lines = form.querySelector("[data-lines]");
const status = form.querySelector("[data-said]");
const choices = form.querySelector("[data-choices]");
const { code: scanField, pasted } = form.elements;
const words = form.dataset;

const language = document.documentElement.lang || undefined;
const count = new Intl.NumberFormat(language);
const money = new Intl.NumberFormat(language, { style: "currency", currency: words.currency, currencyDisplay: "narrowSymbol", minimumFractionDigits: 2, maximumFractionDigits: 2 });
// A burst of keys in a quantity is a scan, as in scanner.js; of digits alone only a long one.
const PACE = 50; // milliseconds a key, on average
const PAUSE = 300; // milliseconds; after so long, the next key begins anew

const products = new Map(); // code -> id of its product
let next = lines.rows.length; // number of the next row
let queue = Promise.resolve(); // one scan after the other, in their order
let waiting = 0; // scans without an answer yet
let isMissed = false; // one of those that were waited for made no line
let isPosting = false;
let isEmptied = false; // by “Start again”
let isLeaving = false;

const inputOf = (row, name) => row.querySelector(`input[name="${name}"]`);
const rowOf = (id) => lines.querySelector(`tr[data-product="${id}"]`);
const fill = (text, facts) => text.replace(/{(\w+)}/g, (all, key) => facts[key] ?? all);

function numberIn(input) {
  const text = input?.value.trim() ?? "";
  return /^\d+([.,]\d*)?$/.test(text) ? Number(text.replace(",", ".")) : null;
}

function addUp() {
  let units = 0;
  let value = 0;
  for (const row of lines.rows) {
    const quantity = numberIn(inputOf(row, "quantity"));
    const cost = numberIn(inputOf(row, "cost"));
    units += quantity ?? 0;
    value += (quantity ?? 0) * (cost ?? 0);
    const cell = row.querySelector("[data-value]");
    if (cell) cell.textContent = cost === null || quantity === null ? "–" : money.format(quantity * cost);
  }
  const totals = { lines: count.format(lines.rows.length), units: count.format(units), value: money.format(value) };
  for (const cell of form.querySelectorAll("[data-total]")) cell.textContent = totals[cell.dataset.total];
  form.elements.post.textContent = fill(units === 1 ? words.one : words.many, { units: totals.units });
}

function say(text, { isGood = true, addUrl = "" } = {}) {
  const icon = document.createElement("i");
  icon.className = `bi bi-${isGood ? "check-circle-fill" : "exclamation-triangle-fill"}`;
  icon.ariaHidden = "true";
  const sentence = document.createElement("span");
  sentence.textContent = text;
  if (addUrl) {
    const link = document.createElement("a");
    link.href = addUrl;
    link.textContent = words.add;
    sentence.append(" ", link);
  }
  status.classList.toggle("is-bad", !isGood);
  status.replaceChildren(icon, sentence);
  choices.replaceChildren();
}

function rowFrom(html) {
  const template = document.createElement("template");
  template.innerHTML = html.replaceAll("__n__", next);
  next += 1;
  return template.content.querySelector("tr");
}

// Puts a new row into the table, or its units into the row of the same product.
function addRow(row) {
  const known = rowOf(row.dataset.product);
  if (!known) lines.append(row);
  addUnits(known ?? row, known ? numberIn(inputOf(row, "quantity")) ?? 0 : 0);
}

function addUnits(line, units) {
  const quantity = inputOf(line, "quantity");
  if (units) quantity.value = (numberIn(quantity) ?? 0) + units;
  lines.querySelector(".is-selected")?.classList.remove("is-selected");
  line.classList.add("is-selected");
  line.scrollIntoView({ block: "nearest" });
  say(fill(words.now, { name: line.dataset.name, units: count.format(numberIn(quantity) ?? 0) }));
  addUp();
}

function offer({ text, add_url: addUrl, choices: found }) {
  isMissed = true;
  say(text, { isGood: false, addUrl });
  choices.append(...found.map(({ id, name, options, sku }) => {
    const button = document.createElement("button");
    Object.assign(button, { type: "submit", name: "pick", value: id, className: "btn btn-secondary" });
    const code = document.createElement("span");
    code.className = "code";
    code.textContent = sku;
    button.append(options && !name.includes(options) ? `${name}, ${options}` : name, " ", code);
    return button;
  }));
  choices.querySelector("button")?.focus();
}

async function find(asked) {
  const place = form.elements.location?.value ?? "";
  const query = new URLSearchParams({ for: words.document, location: place, ...asked });
  const answer = await fetch(`${words.find}?${query}`, { headers: { Accept: "application/json" } });
  if (answer.redirected) location.assign(location.pathname); // signed out meanwhile
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
}

async function take(asked) {
  const code = asked.q ?? "";
  const known = rowOf(products.get(code));
  if (known) return addUnits(known, 1);
  try {
    const answer = await find(asked);
    if (!answer.found) return offer(answer);
    products.set(code, answer.id);
    addRow(rowFrom(answer.row));
    if (asked.product) scanField.focus();
  } catch {
    isMissed = true;
    say(fill(words.failed, { code }), { isGood: false });
    scanField.value = code;
  }
}

function add(asked) {
  waiting += 1;
  queue = queue.then(() => take(asked)).finally(() => { waiting -= 1; });
}

// Sent while a scan is on its way, the form would go without that line.
form.addEventListener("submit", (event) => {
  if (!waiting) return;
  event.preventDefault();
  const { submitter } = event;
  isMissed = false;
  queue.then(() => {
    form.removeAttribute("aria-busy"); // of submit-once.js
    isPosting &&= !isMissed;
    if (!isMissed) form.requestSubmit(submitter);
  });
});

// Enter in a quantity leads back to the scan field. A scanner that typed into the quantity meant
// the product, not 4,006,381,333,931 of it.
let burst = { count: 0 };

function follow({ target, key, timeStamp }) {
  if (key === "Enter") burst.endAt = timeStamp;
  if (key.length !== 1) return;
  if (burst.field !== target || timeStamp - burst.lastAt > PAUSE) {
    burst = { field: target, before: target.value, start: target.selectionStart, firstAt: timeStamp, count: 0 };
  }
  burst.lastAt = timeStamp;
  burst.count += 1;
}

function codeIn(field) {
  const code = field.value.slice(burst.start, burst.start + burst.count);
  const isFast = burst.field === field && burst.endAt - burst.firstAt <= PACE * burst.count;
  return isFast && code.length >= (/^\d+$/.test(code) ? 6 : 3) ? code : "";
}

function leave(field) {
  const code = codeIn(field);
  if (code) {
    field.value = burst.before;
    add({ q: code });
  }
  burst = { count: 0 };
  addUp();
  scanField.focus();
}

function remove(row) {
  row.remove();
  say(fill(words.removed, { name: row.dataset.name }));
  addUp();
  scanField.focus();
}

form.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const row = button.closest("tr");
  if (button.name === "remove" && row) remove(row);
  else if (button.name === "pick") add({ product: button.value });
  else if (button.name === "add" && !pasted.value.trim()) {
    const field = document.activeElement;
    const code = scanField.value.trim();
    scanField.value = "";
    if (code) add({ q: code });
    else if (field.closest?.("[data-lines]")) leave(field);
    else scanField.focus();
  } else {
    isPosting = button.name === "post";
    isLeaving = "leaves" in button.dataset; // what is kept elsewhere from now on
    return;
  }
  event.preventDefault();
});

document.addEventListener("inventory:scan", (event) => {
  event.preventDefault();
  add({ q: event.detail.code });
});

lines.addEventListener("input", addUp);
lines.addEventListener("focusin", ({ target }) => target.matches(".qty-input") && target.select());
lines.addEventListener("keydown", (event) => event.target.matches(".qty-input") && follow(event));

// What is available depends on the place: the server says it anew.
form.elements.location?.addEventListener("change", () => {
  const look = document.createElement("button");
  Object.assign(look, { name: "look", value: "1", hidden: true });
  form.append(look);
  form.requestSubmit(look);
});

const HEAD = ["once_key", "location", "destination", "note", "reference", "effective_on", "until", "until_time", "pasted"];

function keep() {
  for (const input of lines.querySelectorAll("input")) {
    input.setAttribute("value", input.value);
    input.toggleAttribute("checked", input.checked);
  }
  const head = Object.fromEntries(HEAD.map((name) => [name, form.elements[name]?.value]));
  try {
    if (lines.rows.length && !isLeaving) sessionStorage.setItem(words.draft, JSON.stringify({ head, isPosting, isEmptied, next, rows: lines.innerHTML }));
    else sessionStorage.removeItem(words.draft);
  } catch { /* more than the browser keeps: then the lines are only on this page */ }
}

function bringBack(kept) {
  const arrived = [...lines.rows];
  lines.innerHTML = kept.rows;
  for (const [name, text] of Object.entries(kept.head)) {
    if (form.elements[name] && text !== undefined) form.elements[name].value = text;
  }
  next += kept.next;
  say(words.kept);
  arrived.forEach(addRow);
  addUp();
}

function offerBack(kept) {
  say(words.emptied);
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "btn btn-secondary", textContent: words.back });
  button.addEventListener("click", () => { bringBack(kept); scanField.focus(); });
  choices.append(button);
}

function restore() {
  const kept = JSON.parse(sessionStorage.getItem(words.draft) ?? "null");
  sessionStorage.removeItem(words.draft);
  const isPosted = kept?.isPosting && document.querySelector("#flash .alert-success");
  if (kept && !isPosted && "fresh" in words) (kept.isEmptied ? offerBack : bringBack)(kept);
  // Loading the page again must not add once more what its address names.
  const address = new URL(location.href);
  if (!address.searchParams.has("product")) return;
  address.searchParams.delete("product");
  history.replaceState(history.state, "", address);
}

form.querySelector("[data-draft-drop]")?.addEventListener("click", () => { isEmptied = true; });
for (const part of form.querySelectorAll("[data-needs-script]")) part.hidden = false;
addEventListener("pagehide", keep);
restore();
addUp();
