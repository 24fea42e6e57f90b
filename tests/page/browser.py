"""A headless Chromium, driven by the WebDriver protocol: as little of it as the tests of pages need."""
import base64
import json
import shutil
import socket
import subprocess
import time
import urllib.request

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
KEYS = {"Left": "\ue012", "Right": "\ue014", "Home": "\ue011", "End": "\ue010", "PageUp": "\ue00e", "PageDown": "\ue00f"}


def missing():
    """What is not there to drive a browser with; '' if all is."""
    for program in ("chromedriver", "chromium"):
        if not shutil.which(program):
            return f"there is no {program} (Debian's packages chromium and chromium-driver)"
    return ""


class Browser:
    def __init__(self, width=1280, height=800):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.base = f"http://127.0.0.1:{port}"
        self.driver = subprocess.Popen(["chromedriver", f"--port={port}"], stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL)
        arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--lang=en",
                     f"--window-size={width},{height}"]
        wish = {"capabilities": {"alwaysMatch": {"timeouts": {"script": 300_000},  # ms: this machine may have other work
                                                 "goog:chromeOptions": {"args": arguments},
                                                 "goog:loggingPrefs": {"browser": "ALL"}}}}
        self.session = ""
        self.session = "/session/" + self._when_up("/session", wish)["sessionId"]

    def _when_up(self, path, body):
        for attempt in range(100):
            try:
                return self._ask("POST", path, body)
            except OSError:
                if attempt == 99:
                    raise
                time.sleep(0.2)

    def _ask(self, method, path, body=None):
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.base + self.session + path, data=data, method=method,
                                         headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=330) as answer:
            return json.load(answer)["value"]

    def open(self, address):
        self._ask("POST", "/url", {"url": address})

    def size(self, width, height):
        """Of the page itself, as a phone of that width shows it."""
        self._ask("POST", "/goog/cdp/execute", {"cmd": "Emulation.setDeviceMetricsOverride", "params": {
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}})

    def run(self, script, *arguments):
        return self._ask("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def press(self, key):
        typed = KEYS.get(key, key)
        actions = [{"type": "keyDown", "value": typed}, {"type": "keyUp", "value": typed}]
        self._ask("POST", "/actions", {"actions": [{"type": "key", "id": "keys", "actions": actions}]})

    def click(self, selector):
        found = self._ask("POST", "/element", {"using": "css selector", "value": selector})
        self._ask("POST", f"/element/{found[ELEMENT]}/click", {})

    def text(self, selector):
        return self.run("return document.querySelector(arguments[0]).innerText", selector)

    def picture(self, path):
        with open(path, "wb") as out:
            out.write(base64.b64decode(self._ask("GET", "/screenshot")))

    def complaints(self):
        """Errors of scripts and of what the page asked for."""
        return [entry["message"] for entry in self._ask("POST", "/se/log", {"type": "browser"})
                if entry["level"] == "SEVERE"]

    def close(self):
        try:
            self._ask("DELETE", "")
        finally:
            self.driver.terminate()
            self.driver.wait()
