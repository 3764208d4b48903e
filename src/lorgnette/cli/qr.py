"""A QR code in the terminal: dark on light whatever the theme, half a character a module."""

from typing import Any, Final

QUIET: Final = 2
"""Modules of light around it; four are asked for, two are read by every phone and fit in a small window."""
HALVES: Final = {(0, 0): " ", (1, 0): "▀", (0, 1): "▄", (1, 1): "█"}


def rows(text: str) -> list[str]:
    """The code as lines of blocks; dark modules are the ink."""
    import segno

    modules = [
        [int(bool(module)) for module in row]
        for row in segno.make(text, error="l", micro=False).matrix_iter(border=QUIET)
    ]
    if len(modules) % 2:
        modules.append([0] * len(modules[0]))
    return [
        "".join(HALVES[pair] for pair in zip(upper, lower, strict=True))
        for upper, lower in zip(modules[::2], modules[1::2], strict=True)
    ]


def print_qr(console: Any, text: str) -> bool:
    """Print it where it can be seen: on a terminal that is wide enough."""
    lines = rows(text)
    plain = not console.is_terminal or console.color_system is None or console.no_color
    if plain or console.width < len(lines[0]) + 2:
        return False
    from rich.text import Text

    for line in lines:
        console.print(Text("  ").append(line, style="black on bright_white"), no_wrap=True)
    return True
