// form[data-count] counts one product after the other. A scan is one piece, each further scan of
// it one more; a typed code asks for the quantity. What is counted is kept in this browser, a key
// of its own for each count, and sent in order; an answer takes it away again. So a lost
// connection, a reload or a second tab lose nothing and count nothing twice.
const PACE = 50; // milliseconds a key, on average: a scanner; see scanner.js
const PAUSE = 150;
const MOST = 50; // counts in one request
const SOON = 2_000; // milliseconds until another try, twice as long each time
const LATE = 30_000;

const form = document.querySelector("form[data-count]");
const words = form.dataset;
const { code: codeField, quantity: number, shelf } = form.elements;
const part = (name) => document.querySelector(`[data-count-${name}]`);
const now = part("now");
const said = part("said");
const invitation = now.innerHTML;

// ---- What is kept -------------------------------------------------------------------------

const memory = new Map(); // where the browser keeps nothing
let isKept = true;

function keep(name, value) {
  memory.set(name, value);
  try {
    localStorage.setItem(words.countStore + name, JSON.stringify(value));
  } catch {
    isKept = false;
  }
}

function forget(name) {
  memory.delete(name);
  try {
    localStorage.removeItem(words.countStore + name);
  } catch { /* it was never there */ }
}

function load() {
  memory.clear();
  for (let index = 0; index < localStorage.length; index += 1) {
    const name = localStorage.key(index);
    if (!name.startsWith(words.countStore)) continue;
    try {
      memory.set(name.slice(words.countStore.length), JSON.parse(localStorage.getItem(name)));
    } catch { /* somebody else's, or spoilt: leave it */ }
  }
}

const waiting = () => [...memory].filter(([name]) => name.startsWith("q-"))
  .map(([, item]) => item).sort((one, other) => one.at - other.at);
const unsent = () => waiting().filter((item) => !item.error);

// Without https a browser has no randomUUID().
const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

// ---- The product in hand ------------------------------------------------------------------

let current = null; // {code, quantity, at, id}
let isFresh = true; // the next key of the page begins a new number
const known = new Map(); // code -> {id, html}

function draw() {
  if (!current) now.innerHTML = invitation;
  else if (known.has(current.code)) now.innerHTML = known.get(current.code).html;
  else now.textContent = current.code;
  drawButton();
}

function drawButton() {
  const units = number.value.trim();
  part("save").textContent = current && /^\d+$/.test(units) ? words.save.replace("{n}", units) : words.plain;
}

function say(sentence) {
  said.textContent = sentence;
}

function hold(changes) {
  current = { ...current, ...changes, at: Date.now() };
  number.value = current.quantity;
  keep("now", current);
  draw();
}

function letGo() {
  current = null;
  forget("now");
  number.value = "1";
  draw();
}

async function look(code) {
  if (!known.has(code)) {
    try {
      const answer = await fetch(`${words.countLook}?look=${encodeURIComponent(code)}`, { headers: { Accept: "application/json" } });
      if (!answer.ok || answer.redirected) return;
      known.set(code, await answer.json());
    } catch {
      return; // not connected: the code stands for the product
    }
  }
  if (current?.code !== code) return;
  current.id = known.get(code).id;
  draw();
}

// Whether the code means what is in hand: the barcode and the SKU of a product do.
const isInHand = (code) => current && (current.code === code
  || (current.id && current.id === known.get(code)?.id));

function take(code) {
  say("");
  if (isInHand(code)) {
    hold({ quantity: (read() ?? 0) + 1 });
  } else {
    if (current && !save()) return;
    hold({ code, quantity: 1, id: null });
    look(code);
  }
  isFresh = true;
  number.focus();
  number.select();
}

const read = () => (/^\s*\d{1,9}\s*$/.test(number.value) ? Number(number.value) : null);

// Returns whether the count is kept; what can't be read stays where it is.
function save() {
  const quantity = read();
  if (quantity === null) {
    say(words.whole);
    number.focus();
    return false;
  }
  const key = newKey();
  const name = new DOMParser().parseFromString(known.get(current.code)?.html ?? "", "text/html").querySelector("h2")?.textContent;
  keep(`q-${key}`, { key, code: current.code, name: name ?? current.code, by: words.countName, quantity, shelf: shelf.value.trim(), at: current.at });
  known.delete(current.code); // its “so far” is another one now
  letGo();
  drawQueue();
  send();
  return true;
}

// ---- Sending ------------------------------------------------------------------------------

let isSending = false;
let sending = Promise.resolve();
let delay = SOON;
let timer = 0;

async function post(items) {
  const counts = items.map(({ key, code, quantity, shelf: where, at }) => ({
    key, code, quantity, shelf: where, age: Math.max(0, (Date.now() - at) / 1_000),
  }));
  const answer = await fetch(words.countUrl, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
    body: JSON.stringify({ person: Number(words.countPerson), counts }),
  });
  if (answer.redirected || answer.status === 403) say(words.signedOut);
  if (answer.status === 409) say((await answer.json()).error); // somebody else has signed in here
  if (!answer.ok || answer.redirected) throw new Error(answer.status);
  return answer.json();
}

async function sendBatch() {
  const items = unsent().slice(0, MOST);
  if (isSending || !items.length) return;
  isSending = true;
  clearTimeout(timer);
  drawQueue();
  try {
    for (const answer of (await post(items)).answers) {
      const name = `q-${answer.key}`;
      if (answer.saved) forget(name);
      else if (memory.has(name)) keep(name, { ...memory.get(name), error: answer.error });
    }
    delay = SOON;
    timer = setTimeout(send, 0); // what came meanwhile
    document.dispatchEvent(new CustomEvent("counts:sent"));
  } catch {
    timer = setTimeout(send, delay);
    delay = Math.min(delay * 2, LATE);
  }
  isSending = false;
  drawQueue();
}

function send() {
  if (!isSending) sending = sendBatch();
  return sending;
}

// As long as answers come: what is on its way, and what came meanwhile.
async function sendAll() {
  for (let open = Infinity; unsent().length && unsent().length < open;) {
    open = unsent().length;
    await sending;
    await send();
  }
}

function sendNow() {
  delay = SOON;
  send();
}

function drawRow(item) {
  const row = document.getElementById("count-row").content.cloneNode(true);
  const note = item.error ?? (isSending ? words.sending : words.unsent);
  row.querySelector("[data-row-name]").textContent = item.name;
  row.querySelector("[data-row-note]").textContent = item.shelf ? `${item.shelf} · ${note}` : note;
  row.querySelector("[data-row-quantity]").textContent = item.quantity;
  const [again, drop] = [row.querySelector("[data-row-again]"), row.querySelector("[data-row-drop]")];
  again.hidden = !item.error;
  again.addEventListener("click", () => {
    keep(`q-${item.key}`, { ...item, error: undefined });
    sendNow();
  });
  drop.hidden = isSending && !item.error;
  drop.addEventListener("click", () => {
    forget(`q-${item.key}`);
    drawQueue();
  });
  return row;
}

function drawQueue() {
  const items = waiting();
  const open = unsent();
  const badge = part("waiting");
  badge.hidden = !items.length;
  part("waiting-text").textContent = open.length ? words.waiting.replace("{n}", open.length) : words.refused.replace("{n}", items.length);
  part("queue").hidden = !items.length;
  part("rows").replaceChildren(...items.reverse().map(drawRow));
  if (!isKept) say(words.unkept);
}

// ---- Hands --------------------------------------------------------------------------------

// A scanner types into the quantity, too: that burst is a scan, and the quantity stays.
let burst = { keys: "", first: 0, last: -PAUSE, before: "" };
let scannedAt = -PAUSE;

number.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "ArrowUp" || event.key === "ArrowDown") {
    event.preventDefault();
    if (current) hold({ quantity: Math.max(0, (read() ?? 0) + (event.key === "ArrowUp" ? 1 : -1)) });
  } else if (event.key === "Enter") {
    event.preventDefault();
    const { keys, first } = burst;
    const isScan = keys.length > 2 && event.timeStamp - first <= PACE * keys.length;
    burst.keys = "";
    if (isScan) {
      number.value = burst.before;
      scannedAt = event.timeStamp;
      take(keys.trim());
    } else if (burst.last > scannedAt || event.timeStamp - scannedAt > PAUSE) {
      form.requestSubmit(); // a scanner may end with a second Enter, which doesn't
    }
  } else if (event.key.length === 1) {
    if (!burst.keys || event.timeStamp - burst.last > PAUSE) burst = { keys: "", first: event.timeStamp, before: number.value };
    burst.keys += event.key;
    burst.last = event.timeStamp;
  }
});

number.addEventListener("input", () => {
  if (current) {
    current = { ...current, quantity: number.value, at: Date.now() };
    keep("now", current);
  }
  drawButton();
});

shelf.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  (current ? number : codeField).focus();
});
shelf.addEventListener("input", () => keep("shelf", shelf.value));

form.addEventListener("submit", (event) => {
  event.preventDefault();
  say("");
  const typed = codeField.value.trim();
  codeField.value = "";
  if (typed) return take(typed);
  if (!current || save()) codeField.focus();
});

document.addEventListener("inventory:scan", (event) => {
  event.preventDefault();
  scannedAt = event.timeStamp;
  take(event.detail.code);
});

document.addEventListener("click", ({ target }) => {
  const step = target.closest("[data-count-step]");
  const key = target.closest("[data-count-key]")?.dataset.countKey;
  if (target.closest("[data-count-forget]")) {
    letGo();
    codeField.focus();
  } else if (target.closest("[data-count-send]")) {
    sendNow();
  } else if (step) {
    number.value = Math.max(0, (read() ?? 0) + Number(step.dataset.countStep));
  } else if (key) {
    press(key);
  } else {
    return;
  }
  if (step || key) number.dispatchEvent(new Event("input"));
});

function press(key) {
  const before = isFresh && key !== "B" ? "" : number.value;
  isFresh = false;
  if (key === "C") number.value = "";
  else if (key === "B") number.value = before.slice(0, -1);
  else number.value = (before + key).slice(0, number.maxLength);
}

// What is in hand when somebody stops is counted, too.
part("pause").addEventListener("click", async (event) => {
  if (!current && !unsent().length) return;
  event.preventDefault();
  if (current && !save()) return;
  await sendAll();
  location.assign(event.target.href);
});

addEventListener("online", sendNow);
addEventListener("storage", () => {
  load();
  drawQueue();
});
// Coming back by the Back button, what waits may have been sent from elsewhere.
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) location.reload();
});

words.plain = part("save").textContent;
part("keypad").hidden = false;
for (const button of document.querySelectorAll("[data-count-step]")) button.hidden = false;
number.inputMode = "none"; // the page has its own keys
try {
  load();
} catch {
  isKept = false;
}
shelf.value ||= memory.get("shelf") ?? "";
const left = memory.get("now");
if (left) {
  current = left;
  number.value = left.quantity;
  look(left.code);
} else {
  number.value = "1";
}
draw();
drawQueue();
send();
