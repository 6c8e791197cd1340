// form[data-passkey="create|get"] asks the browser for a passkey and posts what it signed in
// its field “credential”. The options are JSON in the element that data-options names, or
// behind the address data-options-url. Its button is shown by this script, since without
// one there are no passkeys; [data-passkey-failed] is shown when the browser gives none.
const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const withBytes = (list) => list?.map((entry) => ({ ...entry, id: toBytes(entry.id) }));

const ask = {
  create: ({ publicKey: options }) => navigator.credentials.create({ publicKey: {
    ...options,
    challenge: toBytes(options.challenge),
    user: { ...options.user, id: toBytes(options.user.id) },
    excludeCredentials: withBytes(options.excludeCredentials),
  } }),
  get: ({ publicKey: options }) => navigator.credentials.get({ publicKey: {
    ...options,
    challenge: toBytes(options.challenge),
    allowCredentials: withBytes(options.allowCredentials),
  } }),
};

const PARTS = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
function asJson(credential) {
  const given = PARTS.filter((part) => credential.response[part]);
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response: Object.fromEntries(given.map((part) => [part, toText(credential.response[part])])),
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function optionsOf(form) {
  if (form.dataset.options) return JSON.parse(document.getElementById(form.dataset.options).textContent);
  const answer = await fetch(form.dataset.optionsUrl, { cache: "no-store" });
  return (await answer.json()).request_options;
}

async function send(form) {
  const failed = document.querySelector("[data-passkey-failed]");
  if (failed) failed.hidden = true;
  try {
    const credential = await ask[form.dataset.passkey](await optionsOf(form));
    form.elements.credential.value = JSON.stringify(asJson(credential));
  } catch {
    // Refused, timed out, or no passkey there: the page says what to do instead.
    if (failed) failed.hidden = false;
    return;
  }
  form.submit();
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const button = form.querySelector("[type=submit]");
  if (window.PublicKeyCredential) button.hidden = false;
  form.addEventListener("submit", (event) => { event.preventDefault(); send(form); });
}
