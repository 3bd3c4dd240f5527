"""A headless Chromium spoken to over two pipes (the DevTools protocol): nothing to install but the browser, nothing on the network."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import IO, Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
LONGEST_S = 60.0
# The browser reads file descriptor 3 and writes 4. Both are duplicated first: either may be 3 or 4 already.
_LAUNCH = """
import os, sys
reads, writes = os.dup(int(sys.argv[1])), os.dup(int(sys.argv[2]))
for ours, its in ((reads, 3), (writes, 4)):
    os.dup2(ours, its)
    os.set_inheritable(its, True)
os.execvp(sys.argv[3], sys.argv[3:])
"""


def browser() -> str | None:
    """The browser that FACTCHECK_CHROMIUM names, else one on the PATH."""
    named = os.environ.get("FACTCHECK_CHROMIUM")
    return named or next((found for name in NAMES if (found := shutil.which(name))), None)


class Chromium:
    """One browser with one page; ``events``: everything that the page told, oldest first."""

    def __init__(self, executable: str, profile: Path) -> None:
        to_it, ours = os.pipe()
        theirs, from_it = os.pipe()

        self.process = subprocess.Popen(
            [sys.executable, "-c", _LAUNCH, str(to_it), str(from_it), executable, "--headless=new", "--remote-debugging-pipe",
             f"--user-data-dir={profile}", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-extensions", "--hide-scrollbars", "--disable-dev-shm-usage", "about:blank"],
            pass_fds=(to_it, from_it), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(to_it)
        os.close(from_it)
        self.out: IO[bytes] = os.fdopen(ours, "wb", buffering=0)
        self.into = theirs
        self.rest = b""
        self.last = 0
        self.session: str | None = None
        self.events: list[dict[str, Any]] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")

    def __enter__(self) -> Chromium:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        with contextlib.suppress(OSError):
            self._send("Browser.close", {}, None)
        self.out.close()
        os.close(self.into)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def call(self, method: str, **parameters: object) -> dict[str, Any]:
        """Send a command and wait for its result; what the page tells meanwhile is kept in ``events``."""
        number = self._send(method, parameters, self.session)
        while True:
            told = self._read()
            if told.get("id") == number:
                assert "error" not in told, f"{method}: {told['error']}"
                result: dict[str, Any] = told["result"]
                return result
            self.events.append(told)

    def open(self, page: Path) -> None:
        """Load a file and wait until it is there."""
        self.events.clear()
        self.call("Page.navigate", url=page.as_uri())
        while not any(e.get("method") == "Page.loadEventFired" for e in self.events):
            self.events.append(self._read())

    def evaluate(self, expression: str) -> Any:
        """The value of an expression in the page."""
        told = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in told, told["exceptionDetails"]
        return told["result"].get("value")

    def press(self, key: str, *, shift: bool = False) -> None:
        """Press a key and let go."""
        codes = {"Tab": 9, "Enter": 13, "Escape": 27, " ": 32}
        text = {"Enter": "\r"}.get(key, key if len(key) == 1 else "")
        shared = {"key": key, "windowsVirtualKeyCode": codes.get(key, ord(key[0].upper())), "modifiers": 8 if shift else 0}
        self.call("Input.dispatchKeyEvent", type="keyDown", **shared, **({"text": text} if text else {}))
        self.call("Input.dispatchKeyEvent", type="keyUp", **shared)

    def point(self, query: str) -> None:
        """Move the mouse onto the first element of a selector."""
        box = self.evaluate(f"(({{left, top}}) => [left + 5, top + 5])(document.querySelector({query!r}).getClientRects()[0])")
        self.call("Input.dispatchMouseEvent", type="mouseMoved", x=box[0], y=box[1])

    def size(self, width: int, height: int) -> None:
        """Make the page as large as a screen of so many CSS pixels."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def prefers(self, **features: str) -> None:
        """Set media features, with underscores for hyphens: ``prefers_color_scheme="dark"``."""
        listed = [{"name": name.replace("_", "-"), "value": value} for name, value in features.items()]
        self.call("Emulation.setEmulatedMedia", features=listed)

    def scripts(self, *, run: bool) -> None:
        """Whether pages may run scripts from the next load on."""
        self.call("Emulation.setScriptExecutionDisabled", value=not run)

    def screenshot(self, file: Path, *, whole: bool = False) -> None:
        """A picture of what is seen, or of the whole page."""
        taken = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        file.write_bytes(base64.b64decode(taken["data"]))

    def requests(self) -> list[str]:
        """The addresses that the page asked for since it was opened, without itself."""
        asked = [e["params"]["request"]["url"] for e in self.events if e.get("method") == "Network.requestWillBeSent"]
        return asked[1:]

    def complaints(self) -> list[str]:
        """What the page's console and policy complained of, and its dialogs."""
        out = [e["params"]["entry"]["text"] for e in self.events if e.get("method") == "Log.entryAdded"]
        told = ("Page.javascriptDialogOpening", "Runtime.exceptionThrown", "Runtime.consoleAPICalled")
        return out + [json.dumps(e["params"])[:300] for e in self.events if e.get("method") in told]

    def _send(self, method: str, parameters: dict[str, Any], session: str | None) -> int:
        self.last += 1
        message = {"id": self.last, "method": method, "params": parameters} | ({"sessionId": session} if session else {})
        self.out.write(json.dumps(message).encode("utf-8") + b"\0")
        return self.last

    def _read(self) -> dict[str, Any]:
        until = time.monotonic() + LONGEST_S
        while b"\0" not in self.rest:
            assert time.monotonic() < until, "the browser does not answer"
            more = os.read(self.into, 1 << 16)
            assert more, "the browser has gone"
            self.rest += more
        line, _, self.rest = self.rest.partition(b"\0")
        told: dict[str, Any] = json.loads(line)
        return told
