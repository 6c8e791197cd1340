// select[data-needed-by="<id of an input[data-seen]>"] is there only while that field differs
// from what was seen, or while something is chosen.
function show(select) {
  const field = document.getElementById(select.dataset.neededBy);
  const typed = field?.value.trim() ?? "";
  const row = select.parentElement;
  row.hidden = !select.value && (typed === "" || typed === field.dataset.seen) && !select.matches(".is-invalid");
}

const showAll = (root) => root.querySelectorAll("select[data-needed-by]").forEach(show);

showAll(document);
document.addEventListener("htmx:load", (event) => showAll(event.detail.elt));
document.addEventListener("input", (event) => {
  if (event.target.matches("input[data-seen]")) showAll(document);
});
