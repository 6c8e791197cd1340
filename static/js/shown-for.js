// [data-shown-for="kind=shelves"] is there only while the field of that name in its form has
// that value. Without scripts everything is shown, and what doesn't belong is not read.
function show(form) {
  for (const part of form.querySelectorAll("[data-shown-for]")) {
    const [name, value] = part.dataset.shownFor.split("=");
    // Something wrong in it must be seen.
    part.hidden = form.elements[name]?.value !== value && !part.querySelector(".is-invalid");
  }
}

document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (form?.querySelector("[data-shown-for]")) show(form);
});
for (const form of document.forms) show(form);
