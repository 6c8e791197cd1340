// [data-error-summary] gets the focus when it appears, so that nobody has to look for it.
const focusSummary = (root) => root.querySelector("[data-error-summary]")?.focus();

focusSummary(document);
document.addEventListener("htmx:load", (event) => focusSummary(event.detail.elt));
