// a[data-dialog] opens its page as a dialog. Without this script it stays a link to the page.
const shell = document.getElementById("dialog");
const content = document.getElementById("dialog-content");
// Bootstrap's script comes with the first dialog: most pages are left without one, and a phone
// takes as long for it as for all of ours.
const library = () => import(shell.dataset.library);
const FIRST = "[autofocus], [data-error-summary], input:not([type=hidden]), select, textarea, .btn-primary";
let opener = null;
let asked = null; // the link whose dialog is on its way
// Bootstrap ignores a hide() that comes while the dialog is still opening, and a show() while it
// is still closing: both are kept for later.
let isOpening = false;
let isUnwanted = false;
let isClosing = false;

// The page behind is inert, so Bootstrap need not guard the focus: it would take it out of the
// field that somebody clicked while the dialog came.
const modal = () => window.bootstrap.Modal.getOrCreateInstance(shell, { focus: false });
const behind = () => [...document.body.children].filter((part) => part !== shell && !part.matches(".modal-backdrop, script, template"));
const setInert = (inert) => { for (const part of behind()) part.inert = inert; };

function forget() {
  const link = asked;
  asked = null;
  if (link) window.htmx.trigger(link, "htmx:abort");
}

function open(link) {
  if (isClosing) {
    shell.addEventListener("hidden.bs.modal", () => open(link), { once: true });
    return;
  }
  // Clicked again, as nothing seemed to happen: another answer would empty what is typed by then.
  if (asked === link) return;
  forget();
  asked = link;
  // A key opens the list of shortcuts from wherever somebody is.
  opener = document.activeElement?.closest("main, nav, header") ? document.activeElement : link;
  const when = (act) => () => {
    if (asked !== link) return;
    asked = null;
    act();
  };
  // Whatever comes back that is no dialog (signed out, forbidden, gone) is a page: go there.
  const asPage = () => { location.href = link.href; };
  const show = () => (content.querySelector(".modal-content") ? modal().show() : asPage());
  const answer = window.htmx.ajax("GET", link.href, { source: link, target: content, swap: "innerHTML" });
  Promise.all([answer, library()]).then(when(show), when(asPage));
}

function close() {
  if (isOpening) isUnwanted = true;
  else if (window.bootstrap) modal().hide();
}

// In a list that came anew, what has the same id.
const anew = (element) => (element?.isConnected ? element : document.getElementById(element?.id));

// To what opened the dialog; to its menu, which has closed; or else to the page. Whoever has gone
// on meanwhile stays there.
function focusBack() {
  const focused = document.activeElement;
  const isLost = !focused || focused === document.body || shell.contains(focused);
  const candidates = [anew(opener), anew(opener?.closest("details")?.querySelector("summary")), document.getElementById("main")];
  for (const candidate of isLost ? candidates : []) {
    candidate?.focus();
    if (candidate && document.activeElement === candidate) break;
  }
  opener = null;
}

if (shell) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-dialog]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    open(link);
  });
  content.addEventListener("click", (event) => {
    if (!event.target.closest("[data-dialog-close]")) return;
    event.preventDefault();
    close();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    forget();
    if (isOpening || shell.matches(".show")) close();
  });
  document.body.addEventListener("dialog:close", close);
  content.addEventListener("htmx:responseError", close);
  shell.addEventListener("show.bs.modal", () => {
    isOpening = true;
    isUnwanted = false;
    setInert(true);
  });
  shell.addEventListener("shown.bs.modal", () => {
    isOpening = false;
    if (isUnwanted) close();
    else if (!content.contains(document.activeElement)) (content.querySelector(FIRST) ?? shell).focus();
  });
  shell.addEventListener("hide.bs.modal", () => {
    isClosing = true;
    setInert(false);
  });
  shell.addEventListener("hidden.bs.modal", () => {
    isClosing = false;
    content.replaceChildren();
    focusBack();
  });
}
