"""The keyboard, for tests that use nothing else."""

from playwright.sync_api import Locator, Page

FARTHEST = 80  # stops; no page has more

# Whether the target has the focus, and what has it but lies all under something else,
# such as a sticky bar.
REACHED = """
(target) => {
  const one = document.activeElement;
  const box = one.getBoundingClientRect();
  if (one === document.body || box.width <= 1) return [false, null];
  const xs = [box.left + 2, box.left + box.width / 2, box.right - 2];
  const ys = [box.top + 2, box.top + box.height / 2, box.bottom - 2];
  const isSeen = xs.some((x) => ys.some((y) => {
    const top = document.elementFromPoint(x, y);
    const isLabel = top?.closest("label")?.control === one;
    return isLabel || (top && (one.contains(top) || top.contains(one)));
  }));
  return [one === target, isSeen ? null : one.outerHTML];
}
"""

# The name of the focused element, and whether it or what is around it looks otherwise
# with the focus than without; null when the focus has left the page.
STOP = """
() => {
  const element = document.activeElement;
  if (element === document.body) return null;
  const around = [element, element.parentElement, element.parentElement.parentElement];
  const look = () => around.map((one) => {
    const style = getComputedStyle(one);
    return [style.outline, style.boxShadow, style.borderColor, style.top].join();
  }).join();
  const focused = look();
  element.blur();
  const shows = look() !== focused;
  element.focus();
  const by = document.getElementById(element.getAttribute("aria-labelledby"));
  const label = by ?? element.labels?.[0] ?? element;
  return [element.ariaLabel ?? label.innerText.trim(), shows];
}
"""


def tab_to(target: Locator, *, may_be_covered: bool = False) -> None:
    """Press Tab until `target` has the focus, which is to be seen on the way.

    Nobody does before the page is there: its scripts listen once it has loaded.
    """
    target.wait_for(state="attached")
    target.page.wait_for_load_state()
    for _stop in range(FARTHEST):
        target.page.keyboard.press("Tab")
        is_there, covered = target.evaluate(REACHED)
        assert covered is None or may_be_covered
        if is_there:
            return
    raise AssertionError(f"Tab never reaches {target}")


def press_on(target: Locator, key: str = "Enter") -> None:
    """Go to `target` with Tab and press `key` there."""
    tab_to(target)
    target.page.keyboard.press(key)


def type_into(target: Locator, text: str) -> None:
    """Go to `target` with Tab and replace what it holds."""
    tab_to(target)
    target.page.keyboard.press("ControlOrMeta+A")
    target.page.keyboard.type(text)


def stops(page: Page) -> list[tuple[str, bool]]:
    """Press Tab to the end of the page; return each stop's name and if focus shows."""
    found = []
    for _stop in range(FARTHEST):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            break
        found.append(tuple(stop))
    return found
