"""The README's pictures of the demo's report, into reports/gallery: ``python -m tests.gallery [REPORT.pickle]``.

terminal.svg is the first screen of ``factcheck run claims/freelander`` in 100 columns; page.png is the page of ``-f html`` in a window
of 1280 by 900, at the first article with an alarm, which is open beside the text. Checks the articles anew (a minute) unless a report
is given that a trusted hand has pickled, and needs a Chromium (see tests/reports/chromium.py). Nothing in the pictures is fetched.
"""

from __future__ import annotations

import io
import pickle
import re
import sys
import tempfile
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

import factcheck
from factcheck.reports import html, terminal
from factcheck.types import Report
from tests.reports.chromium import Chromium, browser

ROOT = Path(__file__).parent.parent
ARTICLES = "claims/freelander"
COLUMNS, LINES = 100, 60
WINDOW = (1280, 900)
#: Pixels between the bar on top of the page and the article's head that a picture does not need.
BLANK = 60
#: What a README should not weigh more than.
MAX_BYTES = 300_000

# Colours that reach 4.5:1 on the ground, black first as terminals number them; the second eight, which nothing uses, are the same.
_INK = [(30, 34, 42), (242, 107, 107), (99, 196, 128), (226, 184, 85), (110, 160, 250), (214, 130, 230), (92, 190, 214), (216, 221, 230)]
_THEME = TerminalTheme((24, 27, 33), (216, 221, 230), _INK, _INK)
_FONT = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace"


def terminal_svg(report: Report) -> str:
    """The first lines of the terminal report, cut at the last empty one, as a picture."""
    lines = terminal.render(report, width=COLUMNS, colour=True).split("\n")
    if len(lines) > LINES:
        last = max(i for i in range(LINES) if not lines[i])
        lines = [*lines[:last], "", "…"]
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system="standard", _environ={})
    console.print(Text.from_ansi("\n".join(lines)), soft_wrap=True, highlight=False)
    # rich's own picture asks a host on the net for its font.
    own = re.sub(r"@font-face \{\{.*?\}\}", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL).replace("Fira Code, monospace", _FONT)
    return console.export_svg(title=f"factcheck run {ARTICLES}", theme=_THEME, code_format=own, unique_id="factcheck")


def page_png(report: Report, file: Path) -> None:
    """A picture of the page, scrolled to the first article with an alarm, which is open beside the text. Needs a Chromium."""
    executable = browser()
    assert executable is not None, "no Chromium: install one, or name it in FACTCHECK_CHROMIUM"
    with tempfile.TemporaryDirectory() as folder, Chromium(executable, Path(folder) / "profile") as chromium:
        page = Path(folder) / "page.html"
        page.write_text(html.render(report), encoding="utf-8")
        chromium.size(*WINDOW)
        chromium.prefers(prefers_color_scheme="light", prefers_reduced_motion="reduce")
        chromium.open(page)
        number = next((n for n, a in enumerate(report.articles, 1) if any(f.alarming for f in a.findings)), 1)
        chromium.evaluate(f"document.getElementById('article-{number}').scrollIntoView(); scrollBy(0, {BLANK})")
        chromium.screenshot(file)


def main() -> None:
    """Write both pictures."""
    report = pickle.loads(Path(sys.argv[1]).read_bytes()) if sys.argv[1:] else factcheck.check([ARTICLES])
    folder = ROOT / "reports" / "gallery"
    folder.mkdir(exist_ok=True)
    svg, png = folder / "terminal.svg", folder / "page.png"
    svg.write_text(terminal_svg(report), encoding="utf-8")
    page_png(report, png)
    assert max(svg.stat().st_size, png.stat().st_size) <= MAX_BYTES, "too heavy for a README"


if __name__ == "__main__":
    main()
