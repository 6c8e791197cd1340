// Light or dark. Follows the system until somebody chooses; the choice is a cookie, so that
// the server writes it into the page. A plain script in the head, run before anything is
// painted: as a module the page would flash in the wrong theme.
(() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => document.cookie.match(/(?:^|; )theme=(light|dark)(?:;|$)/)?.[1];
  const show = () => { root.dataset.bsTheme = chosen() ?? (system.matches ? "dark" : "light"); };

  // What is there for those without scripts only, or with, is so from the first paint.
  root.dataset.scripts = "";
  show();
  system.addEventListener("change", show);
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-theme-switch]")) return;
    const theme = root.dataset.bsTheme === "dark" ? "light" : "dark";
    const secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax${secure}`;
    show();
  });
})();
