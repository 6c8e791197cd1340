// input[type=file][data-most-bytes]: a file that is too large is refused in words before it is
// sent, and the form stays where it is. Without this script the server says so, after the way up.
const fields = "input[type=file][data-most-bytes]";
const isTooLarge = (field) => [...field.files].some(({ size }) => size > Number(field.dataset.mostBytes));

function check(field) {
  const id = `${field.id}-too-large`;
  document.getElementById(id)?.remove();
  const refused = isTooLarge(field);
  field.classList.toggle("is-invalid", refused);
  field.toggleAttribute("aria-invalid", refused);
  if (!refused) return true;
  const words = document.createElement("p");
  Object.assign(words, { id, className: "invalid-feedback d-block", textContent: field.dataset.tooLarge });
  words.setAttribute("role", "alert");
  field.after(words);
  return false;
}

document.addEventListener("change", (event) => event.target.matches?.(fields) && check(event.target));

// Before submit-once.js, which would take the form for sent.
document.addEventListener("submit", (event) => {
  const refused = [...event.target.querySelectorAll(fields)].filter((field) => !check(field));
  if (!refused.length) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  refused[0].focus();
}, true);
