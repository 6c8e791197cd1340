// form[data-submit-once] is sent once: a second click while the answer is on its way does
// nothing. The button is not disabled, because then its name would not be sent.
const release = (form) => form?.removeAttribute("aria-busy");

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-submit-once]");
  if (!form) return;
  if (form.getAttribute("aria-busy") === "true") {
    event.preventDefault();
    event.stopImmediatePropagation();
  } else {
    form.setAttribute("aria-busy", "true");
  }
}, true);

document.addEventListener("htmx:afterRequest", (event) => release(event.detail.elt?.closest("form")));
// Back from the next page, the browser may show this one as it was left.
addEventListener("pageshow", () => document.querySelectorAll("form[data-submit-once]").forEach(release));
