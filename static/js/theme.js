// Light or dark. Follows the system until somebody chooses; the choice is a cookie, so that
// the server writes it into the page. A plain script in the head, run before anything is
// painted: as a module the page would flash in the wrong theme.
(() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  // With https a cookie of this host alone, as all the others are.
  const [name, secure] = location.protocol === "https:" ? ["__Host-theme", "; secure"] : ["theme", ""];
  const cookie = new RegExp(`(?:^|; )${name}=(light|dark)(?:;|$)`);
  const chosen = () => document.cookie.match(cookie)?.[1];
  const show = () => { root.dataset.bsTheme = chosen() ?? (system.matches ? "dark" : "light"); };

  // What is there for those without scripts only, or with, is so from the first paint.
  root.dataset.scripts = "";
  show();
  system.addEventListener("change", show);
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-theme-switch]")) return;
    event.preventDefault(); // without us the button asks the server
    const theme = root.dataset.bsTheme === "dark" ? "light" : "dark";
    document.cookie = `${name}=${theme}; path=/; max-age=31536000; samesite=lax${secure}`;
    show();
  });
})();
