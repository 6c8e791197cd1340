// form[data-autosubmit] is sent when one of its selects or tick boxes changes. Its button
// [data-autosubmit-button] is there for those without scripts, and goes away here.
const hideButtons = (root) => {
  for (const button of root.querySelectorAll("[data-autosubmit-button]")) button.hidden = true;
};

document.addEventListener("change", (event) => {
  if (!event.target.matches("select, input[type=checkbox], input[type=radio]")) return;
  event.target.form?.closest("[data-autosubmit]")?.requestSubmit();
});

hideButtons(document);
document.addEventListener("htmx:load", (event) => hideButtons(event.detail.elt));
