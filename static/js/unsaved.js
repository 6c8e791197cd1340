// form[data-unsaved] counts the fields that differ from what was loaded, says so in its
// [data-unsaved-note] (data-one, data-many with {n}), and asks before the page is left. With
// data-unsaved="already" the form came back with errors: what is in it was never saved.
const loaded = new WeakMap();

function read(form) {
  const values = new Map();
  for (const [name, value] of new FormData(form)) {
    const text = value instanceof File ? `${value.name}:${value.size}` : value;
    values.set(name, `${values.get(name) ?? ""}\n${text}`);
  }
  return values;
}

function countChanges(form) {
  const before = loaded.get(form) ?? new Map();
  const now = read(form);
  const names = new Set([...before.keys(), ...now.keys()]);
  return [...names].filter((name) => before.get(name) !== now.get(name)).length;
}

function show(form) {
  const note = form.querySelector("[data-unsaved-note]");
  if (!note) return;
  const count = countChanges(form);
  const text = count === 1 ? note.dataset.one : note.dataset.many;
  note.hidden = count === 0;
  note.querySelector("span").textContent = text.replace("{n}", count);
}

function attach(root) {
  for (const form of root.querySelectorAll("form[data-unsaved]")) {
    if (loaded.has(form)) continue;
    loaded.set(form, read(form));
    form.addEventListener("input", () => show(form));
    form.addEventListener("reset", () => setTimeout(() => show(form)));
    form.addEventListener("submit", () => loaded.delete(form));
  }
}

attach(document);
document.addEventListener("htmx:load", (event) => attach(event.detail.elt));
addEventListener("beforeunload", (event) => {
  for (const form of document.querySelectorAll("form[data-unsaved]")) {
    if (!loaded.has(form)) continue;
    if (form.dataset.unsaved === "already" || countChanges(form)) event.preventDefault();
  }
});
