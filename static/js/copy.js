// button[data-copy="<id of a field>"] copies that field and says so for a moment with
// data-copied. The field can be selected by hand where there is no clipboard (plain http).
const plain = new WeakMap(); // what a button says otherwise; clicked twice, it says “copied” already

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-copy]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  field.select();
  if (!navigator.clipboard) return;
  await navigator.clipboard.writeText(field.value);
  const label = button.querySelector("span") ?? button;
  if (!plain.has(button)) plain.set(button, label.textContent);
  label.textContent = button.dataset.copied;
  setTimeout(() => { label.textContent = plain.get(button); }, 2000);
});
