// form[data-autosubmit] is sent when one of its selects or tick boxes changes. Its button
// [data-autosubmit-button] is there for those without scripts; base.css hides it.
document.addEventListener("change", (event) => {
  if (!event.target.matches("select, input[type=checkbox], input[type=radio]")) return;
  event.target.form?.closest("[data-autosubmit]")?.requestSubmit();
});
