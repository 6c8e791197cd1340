// input[data-seen="140"] says under the field what will be posted: the difference to what was
// shown. data-seen-text is the sentence, with {seen} and {difference}.
const language = document.documentElement.lang || undefined;
// Made when something is to be said: the first takes a phone longer than all else on this page.
const write = (number, how) => new Intl.NumberFormat(language, how).format(number).replace("-", "\u2212");
const kept = new WeakMap();

function say(field) {
  const hint = document.getElementById(`${field.id}_helptext`);
  if (!hint) return;
  if (!kept.has(field)) kept.set(field, hint.textContent);
  const seen = Number(field.dataset.seen);
  const difference = Number(field.value.trim() || NaN) - seen;
  hint.textContent = Number.isInteger(difference) && difference !== 0
    ? field.dataset.seenText
      .replace("{seen}", write(seen))
      .replace("{difference}", write(difference, { signDisplay: "exceptZero" }))
    : kept.get(field);
}

const sayAll = (root) => root.querySelectorAll("input[data-seen]").forEach(say);

sayAll(document);
document.addEventListener("htmx:load", (event) => sayAll(event.detail.elt));
document.addEventListener("input", (event) => {
  if (event.target.matches("input[data-seen]")) say(event.target);
});
