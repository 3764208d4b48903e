"""Draws the page's icons from `icon.svg`, in the sizes that systems want. Usage: icons.py [FOLDER]."""

import re
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

WEB = Path(__file__).resolve().parents[1] / "src" / "lorgnette" / "web"
PAPER = "#fafaf8"
INK = "#1c1c1a"
ICONS = {
    "icon-192.png": (192, 0.78, True),
    "icon-512.png": (512, 0.78, True),
    "maskable-512.png": (512, 0.6, False),
    "apple-touch-icon.png": (180, 0.68, False),
}
"""Size in pixels, how much of it the drawing takes, and whether the tile has round corners of its own.

A maskable icon is cut to a circle of 0.8 of its width at the most; a square of 0.56 lies inside it, and the
drawing is wider than high."""


def tile(drawing: str, size: int, part: float, *, rounded: bool) -> str:
    """The drawing on paper, in the middle."""
    at, width = size * (1 - part) / 2, size * part
    radius = size * 0.22 if rounded else 0
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}">'
        f'<rect width="{size}" height="{size}" rx="{radius}" fill="{PAPER}"/>'
        f'<svg x="{at}" y="{at}" width="{width}" height="{width}" viewBox="3 3 58 58">{drawing}</svg></svg>'
    )


def main() -> None:
    """Write every icon."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else WEB / "icons"
    folder.mkdir(parents=True, exist_ok=True)
    source = (WEB / "icon.svg").read_text(encoding="utf-8")
    inner = re.sub(r"<style>.*?</style>", "", source[source.index(">") + 1 : source.rindex("</svg>")])
    drawing = f'<g fill="none" stroke="{INK}" stroke-width="4" stroke-linecap="round">{inner}</g>'
    with sync_playwright() as playwright:
        program = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        for name, (size, part, rounded) in ICONS.items():
            page.set_viewport_size({"width": size, "height": size})
            page.set_content(f"<style>body{{margin:0}}</style>{tile(drawing, size, part, rounded=rounded)}")
            page.screenshot(path=folder / name, omit_background=True)
        browser.close()


if __name__ == "__main__":
    main()
