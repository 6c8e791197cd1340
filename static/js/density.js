// [data-density-switch]: compact rows or comfortable ones. The choice is a cookie, so that the server
// writes it into the page; phones are comfortable whatever it says (tokens.css).
const root = document.documentElement;
const [name, secure] = location.protocol === "https:" ? ["__Host-density", "; secure"] : ["density", ""];

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-density-switch]")) return;
  event.preventDefault(); // without us the button asks the server
  const isCompact = root.dataset.density !== "compact";
  if (isCompact) root.dataset.density = "compact";
  else delete root.dataset.density;
  document.cookie = `${name}=${isCompact ? "compact" : ""}; path=/; max-age=31536000; samesite=lax${secure}`;
  for (const button of document.querySelectorAll("[data-density-switch]")) button.ariaPressed = isCompact;
});
