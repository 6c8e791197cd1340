// An htmx request that failed says so on top of the page instead of staying silent, and a
// request that was sent elsewhere (signed out meanwhile) goes there as a whole page.
function say() {
  const template = document.getElementById("request-failed");
  const flash = document.getElementById("flash");
  if (!template || !flash) return;
  flash.replaceChildren(template.content.cloneNode(true));
  flash.scrollIntoView({ block: "nearest" });
}

for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(name, (event) => {
    // A dialog that can't be opened becomes a page, which says what is wrong.
    if (!event.detail.elt?.matches("a[data-dialog]")) say();
  });
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, pathInfo } = event.detail;
  if (!xhr.responseURL) return;
  const asked = new URL(pathInfo.requestPath, location.href);
  const answered = new URL(xhr.responseURL);
  if (asked.pathname === answered.pathname) return;
  event.preventDefault();
  location.href = answered.href;
});
