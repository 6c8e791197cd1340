// [data-filters-fold]: on a phone the filters of a list that are not set stand behind this button. Whether
// they are open is said at the root, so that it stays when htmx brings the list anew.
const root = document.documentElement;

function draw() {
  for (const button of document.querySelectorAll("[data-filters-fold]")) button.ariaExpanded = "filters" in root.dataset;
}

function open(isOpen) {
  if (isOpen) root.dataset.filters = "";
  else delete root.dataset.filters;
  draw();
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-filters-fold]")) open(!("filters" in root.dataset));
});
// Whoever empties one would lose it from under the hand.
document.addEventListener("change", ({ target }) => {
  if (target.closest(".filters .filter.is-set") && !target.value) open(true);
});
document.addEventListener("htmx:load", draw);
