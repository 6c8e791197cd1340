// form[data-selection] counts the ticked products of the list and keeps them while its pages come
// and go; data-selection itself says what narrows the list. Without this script the ticks of a page
// are sent as they are. [data-selection-done] is the button that does what they were ticked for.
const KEPT = "selection"; // in sessionStorage: for the way back from the question
const WAY_BACK = "/products/bulk/";

const chosen = new Set(); // ids, as texts
let isWhole = false; // everything the list shows
let listed = null; // what narrowed the list when something was chosen
let isSelecting = false; // on a phone
let note = "";
let edge = null; // the tick that was clicked last
let withShift = false;

const bar = () => document.querySelector("form[data-selection]");
const ticks = () => [...document.querySelectorAll('input[name="product"][form="bulk"]')];
const write = (n) => new Intl.NumberFormat(document.documentElement.lang || undefined).format(n);
const fill = (form, name, n) => form.dataset[n === 1 ? `${name}One` : `${name}Many`].replace("{n}", write(n));

// What is said here is heard: it stays on the page while the bar comes anew with its list.
const status = document.createElement("p");
status.className = "visually-hidden";
status.role = "status";
document.body.append(status);

const said = (form) => {
  if (isWhole) return form.dataset.whole;
  const n = chosen.size;
  return (n === 1 ? form.dataset.one : form.dataset.many).replace("{n}", write(n));
};

function show({ isSaid = true } = {}) {
  const form = bar();
  const page = ticks();
  for (const tick of page) tick.checked = isWhole || chosen.has(tick.value);
  for (const box of document.querySelectorAll("input[data-selection-page]")) {
    const marked = page.filter((tick) => tick.checked).length;
    box.checked = marked > 0 && marked === page.length;
    box.indeterminate = marked > 0 && marked < page.length;
  }
  document.getElementById("catalogue")?.toggleAttribute("data-selecting", isSelecting);
  for (const button of document.querySelectorAll("[data-selecting-switch]")) button.setAttribute("aria-pressed", isSelecting);
  if (!form) return;
  form.elements.whole.checked = isWhole;
  form.toggleAttribute("data-selected", isSelecting || isWhole || chosen.size > 0);
  form.querySelector("[data-selection-count]").textContent = said(form);
  const elsewhere = isWhole ? 0 : chosen.size - page.filter((tick) => tick.checked).length;
  const words = [elsewhere ? fill(form, "elsewhere", elsewhere) : "", note].filter(Boolean).join(". ");
  const place = form.querySelector("[data-selection-note]");
  place.hidden = !words;
  place.textContent = words;
  if (isSaid) status.textContent = [said(form), words].filter(Boolean).join(". ");
}

function choose(tick, isChosen) {
  if (isChosen) chosen.add(tick.value);
  else chosen.delete(tick.value);
}

// From “everything”, one is taken away: what is left are those of this page.
function endWhole() {
  if (!isWhole) return;
  isWhole = false;
  for (const tick of ticks()) chosen.add(tick.value);
}

function began() {
  listed = bar()?.dataset.selection ?? listed;
  note = "";
}

function clear() {
  const words = bar()?.dataset.cleared ?? "";
  chosen.clear();
  isWhole = isSelecting = false;
  note = "";
  edge = null;
  show({ isSaid: false });
  status.textContent = words;
}

// The list came anew: its pages keep the selection; another list keeps the ticks and says so.
function listCame() {
  const form = bar();
  if (form && listed !== null && form.dataset.selection !== listed && (isWhole || chosen.size)) {
    note = isWhole ? form.dataset.dropped : form.dataset.kept;
    if (isWhole) {
      isWhole = false;
      chosen.clear();
    }
    listed = form.dataset.selection;
  }
  edge = null;
  show({ isSaid: Boolean(isWhole || chosen.size || note) });
}

function changed(tick) {
  began();
  endWhole();
  const page = ticks();
  const from = withShift && edge ? page.findIndex((each) => each.value === edge) : -1;
  const to = page.indexOf(tick);
  const range = from < 0 ? [tick] : page.slice(Math.min(from, to), Math.max(from, to) + 1);
  for (const each of range) choose(each, tick.checked);
  edge = tick.value;
  show();
}

function choosePage(isChosen) {
  began();
  endWhole();
  for (const tick of ticks()) choose(tick, isChosen);
  show();
}

document.addEventListener("change", (event) => {
  const { target } = event;
  if (target.matches('input[name="product"][form="bulk"]')) changed(target);
  else if (target.matches("input[data-selection-page]")) choosePage(target.checked);
  else if (target.matches('form[data-selection] [name="whole"]')) {
    began();
    isWhole = target.checked;
    if (!isWhole) chosen.clear();
    show();
  }
});

// A range would select the text between as well.
document.addEventListener("mousedown", (event) => {
  if (event.shiftKey && event.target.closest?.(".tick")) event.preventDefault();
});
for (const kind of ["click", "keydown"]) {
  document.addEventListener(kind, (event) => {
    if (event.target.closest?.(".tick")) withShift = event.shiftKey;
  }, true);
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-selection-clear]")) {
    clear();
    (ticks()[0] ?? document.getElementById("main"))?.focus();
  } else if (event.target.closest("button[data-selection-page]")) {
    choosePage(true);
  } else if (event.target.closest("[data-selecting-switch]")) {
    if (isSelecting) clear();
    else {
      isSelecting = true;
      show();
    }
  } else if (event.target.closest("[data-selection-done]")) {
    sessionStorage.removeItem(KEPT);
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || !(isWhole || chosen.size || isSelecting)) return;
  const isElsewhere = document.querySelector(".modal.show, details[data-menu][open]") || event.target.matches("input:not([type=checkbox]), select, textarea");
  if (bar() && !isElsewhere) clear();
}, true);

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-selection]");
  if (!form) return;
  if (!isWhole && !chosen.size) {
    event.preventDefault();
    note = "";
    status.textContent = form.dataset.cleared;
    return;
  }
  form.elements.chosen.value = isWhole ? "" : [...chosen].join(",");
  sessionStorage.setItem(KEPT, JSON.stringify({ chosen: [...chosen], isWhole, listed: form.dataset.selection, isSelecting }));
});

// Back from the question, by its Cancel or by the browser: what was chosen is chosen still.
function restore() {
  const text = sessionStorage.getItem(KEPT);
  const [entry] = performance.getEntriesByType("navigation");
  const isBack = entry?.type === "back_forward" || document.referrer.includes(WAY_BACK);
  sessionStorage.removeItem(KEPT);
  if (!text || !isBack) return;
  const kept = JSON.parse(text);
  for (const id of kept.chosen) chosen.add(id);
  ({ isWhole, listed, isSelecting } = kept);
}

if (document.getElementById("catalogue")) {
  restore();
  // A browser may remember ticks of a page that is loaded anew.
  if (!chosen.size && !isWhole) for (const tick of ticks()) if (tick.checked) chosen.add(tick.value);
  began();
  show({ isSaid: false });
  document.addEventListener("htmx:load", (event) => {
    if (event.target.matches("#catalogue") || event.target.querySelector?.("#catalogue")) listCame();
  });
}
