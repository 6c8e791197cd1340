// The search field of the bar: "/" goes to it; on a phone [data-search-open] shows it first.
const focusSearch = () => {
  const field = document.getElementById("q");
  if (!field) return false;
  if (!field.offsetParent) document.body.classList.add("has-search");
  field.focus();
  field.select();
  return true;
};

const isTyping = (element) =>
  element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.documentElement.hasAttribute("data-no-shortcuts")) return;
  if (isTyping(event.target) || document.querySelector(".modal.show")) return;
  if (focusSearch()) event.preventDefault();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-search-open]") && focusSearch()) event.preventDefault();
});
