// [data-scan-page] reads a code with the camera or from a photo and sends its form with it.
const { BarcodeDetector, prepareZXingModule } = window.BarcodeDetectionAPI;

// Best first: a label may carry a QR code of the maker beside the code of the article.
const FORMATS = ["ean_13", "upc_a", "ean_8", "upc_e", "code_128", "itf_14", "qr_code"];
const BREATH = 100; // milliseconds between two looks, so that an old phone stays cool
// How else a photo is looked at when nothing is read: smaller, where a blur vanishes, and turned
// (degrees), as the reader needs a straight line through all the bars.
const VIEWS = [{ edge: 1400, turn: 0 }, { edge: 1400, turn: 30 }, { edge: 1400, turn: -30 }];

const page = document.querySelector("[data-scan-page]");
const form = page.querySelector("[data-scan-form]");
const status = page.querySelector("[data-scan-status]");
const video = page.querySelector("[data-scan-live]");

prepareZXingModule({ overrides: { locateFile: () => page.dataset.wasm } });
const detector = new BarcodeDetector({ formats: FORMATS });

const say = (what) => { status.textContent = status.dataset[what]; };

function stop() {
  for (const track of video.srcObject?.getTracks() ?? []) track.stop();
  video.srcObject = null;
}

function send(code) {
  stop();
  status.textContent = status.dataset.found.replace("{code}", code);
  form.elements.code.value = code;
  form.submit();
}

async function read(picture) {
  const found = await detector.detect(picture);
  const rank = ({ format }) => (FORMATS.includes(format) ? FORMATS.indexOf(format) : FORMATS.length);
  found.sort((one, other) => rank(one) - rank(other));
  return found[0]?.rawValue.trim() ?? "";
}

function drawn(picture, { edge, turn }) {
  const scale = Math.min(1, edge / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = picture.width * scale;
  canvas.height = picture.height * scale;
  const paper = canvas.getContext("2d");
  paper.translate(canvas.width / 2, canvas.height / 2);
  paper.rotate((turn * Math.PI) / 180);
  paper.drawImage(picture, -canvas.width / 2, -canvas.height / 2, canvas.width, canvas.height);
  return canvas;
}

async function readAnyhow(picture) {
  let code = await read(picture);
  for (const view of VIEWS) code ||= await read(drawn(picture, view));
  return code;
}

// Only what is read twice counts: a moving picture can be misread.
async function watch() {
  const { srcObject } = video;
  let before = "";
  while (srcObject && video.srcObject === srcObject) {
    const code = await read(video);
    if (code && code === before) return send(code);
    before = code || before;
    await new Promise((resolve) => { setTimeout(resolve, BREATH); });
  }
}

async function start() {
  if (!navigator.mediaDevices) return say(window.isSecureContext ? "absent" : "insecure");
  say("starting");
  try {
    video.srcObject = await navigator.mediaDevices.getUserMedia({
      video: { facingMode: "environment", width: { ideal: 1280 } },
    });
    video.hidden = false;
    await video.play();
  } catch (refusal) {
    video.hidden = true;
    return say(refusal.name === "NotAllowedError" ? "refused" : "absent");
  }
  say("live");
  try {
    await watch();
  } catch {
    stop();
    video.hidden = true;
    say("broken");
  }
}

async function readPhoto({ target }) {
  const [photo] = target.files;
  if (!photo) return;
  say("reading");
  let picture;
  try {
    picture = await createImageBitmap(photo);
  } catch {
    return say("unreadable");
  } finally {
    target.value = ""; // so that the same photo can be chosen again
  }
  try {
    const code = await readAnyhow(picture);
    if (code) send(code);
    else say("nothing");
  } catch {
    say("broken");
  }
}

page.querySelector("[data-scan-needs-script]").hidden = false;
page.querySelector("[data-scan-photo]").addEventListener("change", readPhoto);
document.addEventListener("inventory:scan", (event) => {
  event.preventDefault();
  send(event.detail.code);
});
// Back brings the page as it was, with the camera off.
window.addEventListener("pagehide", stop);
window.addEventListener("pageshow", start);
