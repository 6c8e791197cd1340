// details[data-menu]: what a <details> menu lacks. Escape, a click and the focus elsewhere close it.
const openMenus = () => document.querySelectorAll("details[data-menu][open]");

document.addEventListener("click", (event) => {
  for (const menu of openMenus()) {
    const isInside = menu.contains(event.target) && event.target !== menu;
    if (!isInside || event.target.closest("a, [data-theme-switch]")) menu.open = false;
  }
});

// Whoever goes on with Tab leaves it; what it covered would have the focus unseen.
document.addEventListener("focusin", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
