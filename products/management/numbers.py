"""Whole numbers that a command takes."""

from argparse import ArgumentTypeError
from collections.abc import Callable


def whole_between(least: int, most: int) -> Callable[[str], int]:
    """Return an argument type that takes whole numbers from `least` to `most`."""

    def whole(text: str) -> int:
        message = f"“{text}” is no whole number from {least} to {most}"
        try:
            number = int(text)
        except ValueError as error:
            raise ArgumentTypeError(message) from error
        if not least <= number <= most:
            raise ArgumentTypeError(message)
        return number

    return whole
