// input[data-seen="140"] says under the field what will be posted: the difference to what was
// shown. data-seen-text is the sentence, with {seen} and {difference}.
const language = document.documentElement.lang || undefined;
const plain = new Intl.NumberFormat(language);
const withSign = new Intl.NumberFormat(language, { signDisplay: "exceptZero" });
const write = (format, number) => format.format(number).replace("-", "\u2212");
const kept = new WeakMap();

function say(field) {
  const hint = document.getElementById(`${field.id}_helptext`);
  if (!hint) return;
  if (!kept.has(field)) kept.set(field, hint.textContent);
  const seen = Number(field.dataset.seen);
  const difference = Number(field.value.trim() || NaN) - seen;
  hint.textContent = Number.isInteger(difference) && difference !== 0
    ? field.dataset.seenText
      .replace("{seen}", write(plain, seen))
      .replace("{difference}", write(withSign, difference))
    : kept.get(field);
}

const sayAll = (root) => root.querySelectorAll("input[data-seen]").forEach(say);

sayAll(document);
document.addEventListener("htmx:load", (event) => sayAll(event.detail.elt));
document.addEventListener("input", (event) => {
  if (event.target.matches("input[data-seen]")) say(event.target);
});
