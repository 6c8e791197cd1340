// input[data-worth-text] says in its help text what stock will be worth: {old} and {new} for one
// unit, {difference} in all. data-units and data-value, there or on the chosen place, are now.
const language = document.documentElement.lang || undefined;
const kept = new WeakMap();

function say(field) {
  const hint = document.getElementById(`${field.id}_helptext`);
  if (!kept.has(hint)) kept.set(hint, hint.textContent);
  const { units, value } = (field.form.elements.location?.selectedOptions[0] ?? field).dataset;
  const typed = Number(field.value.trim().replace(",", ".") || NaN);
  if (!Number.isFinite(typed) || !Number(units)) {
    hint.textContent = kept.get(hint);
    return;
  }
  const style = { style: "currency", currency: field.dataset.currency, currencyDisplay: "narrowSymbol" };
  const plain = new Intl.NumberFormat(language, { ...style, maximumFractionDigits: 6, minimumFractionDigits: 2 });
  const signed = new Intl.NumberFormat(language, { ...style, signDisplay: "exceptZero" });
  const old = Math.round((Number(value) / Number(units)) * 100) / 100;
  hint.textContent = field.dataset.worthText
    .replace("{old}", plain.format(old))
    .replace("{new}", plain.format(typed))
    .replace("{difference}", signed.format(typed * Number(units) - Number(value)).replace("-", "\u2212"));
}

const sayAll = (root) => root.querySelectorAll("input[data-worth-text]").forEach(say);

sayAll(document);
document.addEventListener("htmx:load", (event) => sayAll(event.detail.elt));
document.addEventListener("input", (event) => {
  const field = event.target.form?.querySelector("input[data-worth-text]");
  if (field) say(field);
});
