// What is measured on a page besides axe: targets, motion, where the focus shows. Each function
// returns what is wrong, as names of elements. Put into a page by conftest.py.
const name = (one) => `${one.tagName}.${one.getAttribute("class") ?? ""} ${
  one.getAttribute("aria-label") ?? one.textContent.trim().slice(0, 30)}`;

// WCAG 2.2, 2.5.8: what is pressed is 24 px high and wide; or it is a link within a sentence; or the
// circle of 24 px around its middle meets neither another target nor its circle. A tick box is as
// large as its label.
function tooSmall() {
  const LEAST = 24;

  const all = "a[href], button, summary, select, textarea, input:not([type=hidden])";
  const area = (box) => box.width * box.height;
  const boxOf = (one) => {
    const isTick = one.matches("[type=checkbox], [type=radio]");
    return [one, ...(isTick ? one.labels : [])].map((part) => part.getBoundingClientRect())
      .reduce((a, b) => (area(a) > area(b) ? a : b));
  };
  // What sticks lies over the rest, which comes from under it when it is scrolled.
  const layerOf = (one) => {
    for (let at = one; at; at = at.parentElement)
      if (/sticky|fixed/.test(getComputedStyle(at).position)) return at;
    return null;
  };
  const isShown = (one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true })
    && one.getBoundingClientRect().width > 1 && !one.closest("[inert]") && !one.disabled;
  const isText = (part) => part.nodeType === Node.TEXT_NODE && part.textContent.trim();
  const isInSentence = (one) => getComputedStyle(one).display === "inline"
    && [...one.parentElement.childNodes].some(isText);
  const targets = [...document.querySelectorAll(all)].filter(isShown)
    .map((one) => ({ one, box: boxOf(one), layer: layerOf(one) }));
  const isSmall = ({ box }) => box.width < LEAST - 0.5 || box.height < LEAST - 0.5;
  const middle = ({ box }) => [box.left + box.width / 2, box.top + box.height / 2];
  const far = (a, b) => {
    const [x, y] = middle(a);
    if (isSmall(b)) return Math.hypot(x - middle(b)[0], y - middle(b)[1]) >= LEAST;
    const beside = Math.max(b.box.left - x, 0, x - b.box.right);
    const above = Math.max(b.box.top - y, 0, y - b.box.bottom);
    return Math.hypot(beside, above) >= LEAST / 2;
  };
  const isAlone = (a) => targets.every((b) =>
    a === b || a.layer !== b.layer || a.one.contains(b.one) || b.one.contains(a.one) || far(a, b));
  return targets.filter((a) => isSmall(a) && !isInSentence(a.one) && !isAlone(a))
    .map(({ one, box }) => `${name(one)} ${box.width} × ${box.height}`);}

// With `prefers-reduced-motion` nothing takes time: no transition, no animation.
function moves() {
  const lasts = (times) => times.split(",").some((time) => parseFloat(time) > 0);
  const parts = [...document.querySelectorAll("*")]
    .flatMap((one) => ["", "::before", "::after"].map((part) => [one, part]));
  return parts.filter(([one, part]) => {
    const style = getComputedStyle(one, part || null);
    const isAnimated = style.animationName !== "none" && lasts(style.animationDuration);
    return isAnimated || lasts(style.transitionDuration);
  }).map(([one, part]) => name(one) + part);}

// Gives the focus to everything that takes it; the last key must have been one of the keyboard's.
// What shows the focus differs from how it looks without, in a colour of 3:1 (1.4.11), and is not
// all under something that sticks (2.4.11).
function unseenFocus() {
  const parse = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((one) => one / 255)
    .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4))
    .reduce((sum, one, place) => sum + one * [0.2126, 0.7152, 0.0722][place], 0);
  const contrast = (a, b) => {
    const [low, high] = [light(a), light(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  const ground = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour[3] === undefined || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const look = (one) => {
    const style = getComputedStyle(one);
    const isOutlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
    const isInside = parseFloat(style.outlineOffset) < 0;
    return {
      all: [style.outline, style.boxShadow, style.borderColor].join(),
      colours: [isOutlined && style.outlineColor, style.boxShadow.split(")")[0], style.borderColor]
        .filter(Boolean).map(parse).filter((colour) => colour.length > 2 && colour[3] !== 0),
      ground: ground(isInside ? one : one.parentElement ?? one),
    };
  };
  const around = (one) => [one, one.parentElement, one.parentElement?.parentElement]
    .filter(Boolean);
  const isCovered = (one) => {
    const box = one.getBoundingClientRect();
    const xs = [box.left + 2, box.left + box.width / 2, box.right - 2];
    const ys = [box.top + 2, box.top + box.height / 2, box.bottom - 2];
    return !xs.some((x) => ys.some((y) => {
      const top = document.elementFromPoint(x, y);
      const isLabel = top?.closest("label")?.control === one;
      return isLabel || (top && (one.contains(top) || top.contains(one)));
    }));
  };
  const wrong = [];
  const all = "a[href], button, summary, select, textarea, input:not([type=hidden])";
  for (const one of document.querySelectorAll(all)) {
    document.activeElement?.blur();
    const before = around(one).map(look);
    one.focus();
    if (document.activeElement !== one) continue;
    const shown = around(one).map(look).filter((now, place) => now.all !== before[place].all);
    const stands = ({ colours, ground: on }) => colours.some((one) => contrast(one, on) >= 3);
    const isSeen = shown.some(stands);
    if (!isSeen) wrong.push(`${name(one)}: the focus does not show`);
    else if (isCovered(one)) wrong.push(`${name(one)}: is covered`);
  }
  document.activeElement?.blur();
  return wrong;}
