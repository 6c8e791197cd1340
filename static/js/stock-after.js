// input[data-after-text] says in its help text what will be on hand afterwards, from the chosen
// mode (add, take, count) and place. data-on-hand, there or on the place, is what is there now.
const language = document.documentElement.lang || undefined;
const write = (number) => new Intl.NumberFormat(language).format(number).replace("-", "\u2212");
const kept = new WeakMap();
const AFTER = {
  add: (now, typed) => now + typed,
  take: (now, typed) => now - typed,
  count: (now, typed) => typed,
};

function say(form) {
  const { quantity, mode, location: place } = form.elements;
  const hint = document.getElementById(`${quantity.id}_helptext`);
  if (!kept.has(hint)) kept.set(hint, hint.textContent);
  const now = Number((place?.selectedOptions[0] ?? quantity).dataset.onHand);
  const typed = Number(quantity.value.trim().replace("\u2212", "-") || NaN);
  const after = AFTER[mode.value]?.(now, typed);
  hint.textContent = Number.isInteger(after)
    ? quantity.dataset.afterText.replace("{now}", write(now)).replace("{after}", write(after))
    : kept.get(hint);
}

const sayAll = (root) => root.querySelectorAll("form [data-after-text]").forEach((field) => say(field.form));

sayAll(document);
document.addEventListener("htmx:load", (event) => sayAll(event.detail.elt));
document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.querySelector("[data-after-text]")) say(form);
});
