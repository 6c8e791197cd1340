// Signing out leaves nothing of a person in this browser. form[data-sign-out] leads to the page that
// asks, where counts have not reached the shop: [data-not-sent] says how many there are, and where
// they are sent. Who went is said by the server in a cookie, and the next page clears: the one that
// is left writes its draft when the answer has come already. What others have not sent stays, for them
// alone: [data-others-not-sent] says so.
const COUNT = /^count-(\d+)-(\d+)-(q-)?/; // count-<stocktake>-<person>-…, see counting.js
const MARK = "signed-out";
const [cookie, secure] = location.protocol === "https:" ? [`__Host-${MARK}`, "; secure"] : [MARK, ""];

function kept() {
  try {
    return Object.keys(localStorage).map((name) => name.match(COUNT)).filter(Boolean);
  } catch {
    return []; // the browser keeps nothing
  }
}

const unsent = () => kept().filter(([, , , isWaiting]) => isWaiting);

function forget(person) {
  for (const { 2: whose, input: name } of kept()) if (whose === person) localStorage.removeItem(name);
  sessionStorage.clear();
  // Other tabs have drafts of their own, which they forget with their next page.
  localStorage.setItem(MARK, Date.now());
  localStorage.removeItem(MARK);
}

function clear() {
  const person = document.cookie.match(new RegExp(`(?:^|; )${cookie}=(\\d+)`))?.[1];
  try {
    if (person) forget(person);
    else if (sessionStorage.getItem(MARK)) sessionStorage.clear();
  } catch { /* there is nothing to clear */ }
  if (person) document.cookie = `${cookie}=; path=/; max-age=0; samesite=lax${secure}`;
}

function ask(part) {
  const own = unsent().filter(([, , person]) => person === part.dataset.notSent);
  part.hidden = !own.length;
  if (!own.length) return;
  const words = part.dataset;
  part.querySelector("[data-not-sent-text]").textContent = own.length === 1 ? words.one : words.many.replace("{n}", own.length);
  part.querySelector("a").href = words.sending.replace("/0/", `/${own[0][1]}/`);
  part.closest("form").querySelector("[data-not-sent-leave]").textContent = words.leave;
}

function nameOf(entry) {
  try {
    return JSON.parse(localStorage.getItem(entry.input)).by;
  } catch {
    return null; // spoilt
  }
}

function tell(part) {
  const { othersNotSent: own, stocktake, somebody, one, many } = part.dataset;
  const others = unsent().filter(([, where, person]) => person !== own && (!stocktake || where === stocktake));
  part.hidden = !others.length;
  const who = [...new Set(others.map((entry) => nameOf(entry) ?? somebody))].join(", ");
  const text = (others.length === 1 ? one : many.replace("{n}", others.length)).replace("{who}", () => who);
  part.querySelector("[data-others-not-sent-text]").textContent = text;
}

addEventListener("storage", ({ key, newValue }) => {
  if (key === MARK && newValue) sessionStorage.setItem(MARK, newValue);
});
document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-sign-out]");
  if (!form || !unsent().length) return;
  event.preventDefault();
  location.assign(form.action);
});

clear();
for (const part of document.querySelectorAll("[data-not-sent]")) {
  ask(part);
  addEventListener("pageshow", () => ask(part)); // back from the count, which has sent them
}
for (const part of document.querySelectorAll("[data-others-not-sent]")) tell(part);
