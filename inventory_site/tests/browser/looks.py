"""The sizes and themes a page is looked at in, and what must not be seen there."""

from typing import Literal

Look = tuple[int, Literal["light", "dark"]]

WIDE, PHONE = 1280, 390  # CSS pixels
# What is left of 1280 at 200 % and at 400 % zoom.
ZOOMED = (640, 320)
HEIGHT = 844
ALL_LOOKS: tuple[Look, ...] = (
    (WIDE, "light"),
    (WIDE, "dark"),
    (PHONE, "light"),
    (PHONE, "dark"),
)
TWO_LOOKS: tuple[Look, ...] = ((WIDE, "light"), (PHONE, "dark"))

# What makes the page scroll sideways, what sticks out of its sheet, and the boxes that
# cut their text off without an ellipsis; what only screen readers get is a pixel wide.
OUT_OF_SIGHT = """
() => {
  const root = document.documentElement;
  const scrolls = root.scrollWidth > root.clientWidth;
  const sticksOut = (box) => box.getBoundingClientRect().right > root.clientWidth + 1;
  const isSheet = (box) => box.matches(".panel, .alert, .modal-content");
  const cutsOff = ({ overflowX, textOverflow }) =>
    overflowX === "hidden" && textOverflow !== "ellipsis";
  const isTooSmall = (box) =>
    box.clientWidth > 1 && box.scrollWidth > box.clientWidth + 1
    && (isSheet(box) || cutsOff(getComputedStyle(box)));
  const boxes = [...document.querySelectorAll("body *")];
  const found = boxes.filter((box) => (scrolls && sticksOut(box)) || isTooSmall(box));
  const names = found.map((box) => `${box.tagName}.${box.getAttribute("class")}`);
  return scrolls ? ["the page", ...names] : names;
}
"""
