// Single keys, while nobody types: "?" opens the list of them, "g" and a letter go to the page of
// that [data-go] in the navigation. The cookie "shortcuts=off" of that list makes us deaf.
const AT_ONCE = 1_500; // milliseconds between the two keys
const PAUSE = 100; // milliseconds; a scanner's next key comes sooner, and then it is no hand

const root = document.documentElement;
let goingSince = -AT_ONCE;
let waiting = 0;

const isTyping = (element) =>
  element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);

const note = () => root.toggleAttribute("data-no-shortcuts", /(?:^|; )(?:__Host-)?shortcuts=off(?:;|$)/.test(document.cookie));

function follow(link) {
  if (link) waiting = setTimeout(() => link.click(), PAUSE);
}

// Loaded before scanner.js, which keeps the keys of a scan from whoever comes after it.
window.addEventListener("keydown", () => clearTimeout(waiting), { capture: true });

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (root.hasAttribute("data-no-shortcuts") || isTyping(event.target) || document.querySelector(".modal.show")) return;
  const isSecond = event.timeStamp - goingSince < AT_ONCE;
  goingSince = event.key === "g" && !isSecond ? event.timeStamp : -AT_ONCE;
  if (event.key === "?") follow(document.querySelector("a[data-shortcuts]"));
  else if (isSecond && /^[a-z]$/.test(event.key)) follow(document.querySelector(`a[data-go="${event.key}"]`));
});

note();
document.addEventListener("htmx:afterSettle", note);
