"""What the tests of exported pages share: the page, the data in it, and a learning system around it."""
import contextlib
import functools
import http.server
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import unittest
import zipfile

import browser

SOCKWALK, SOURCES = sys.argv[1], pathlib.Path(sys.argv[2])
PICTURES = pathlib.Path(sys.argv[3]) if len(sys.argv) > 3 else None
FOLDER = tempfile.TemporaryDirectory()


def exported(name, walk, *more):
    out = pathlib.Path(FOLDER.name) / name
    subprocess.run([SOCKWALK, "export", str(SOURCES / walk), "-o", str(out), *more], check=True, capture_output=True)
    return out


def data_of(page):
    return json.loads(re.search(r'id="data">(.*?)</script>', page.read_text(), re.S).group(1))


def unpacked(package):
    folder = package.with_suffix("")
    with zipfile.ZipFile(package) as packed:
        packed.extractall(folder)
    return folder


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@contextlib.contextmanager
def learning_system(web, folder, said):
    """Opens a course in a frame of a system that keeps what it is told in `said`, over a reload as well; gives the course's
    document. Files of one folder are strangers to each other for a browser, so the system is one that serves them."""
    (folder / "system.html").write_text("""<iframe src="index.html" width="1100" height="700"></iframe><script>
      window.said = JSON.parse(sessionStorage.said ?? '""" + json.dumps(said) + """');
      window.API = {LMSInitialize: () => 'true', LMSFinish: () => 'true',
        LMSCommit: () => { sessionStorage.said = JSON.stringify(said); return 'true'; },
        LMSGetValue: k => said[k] ?? '', LMSSetValue: (k, v) => { said[k] = v; return 'true'; }};
    </script>""")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        web.open(f"http://127.0.0.1:{server.server_port}/system.html")
        yield "document.querySelector('iframe').contentDocument"
    finally:
        server.shutdown()
        server.server_close()
        web.complaints()  # of the system's own, that it has no picture for the tab


def run_tests():
    if why := browser.missing():
        print("skipped:", why)
        sys.exit(77)
    unittest.main(argv=sys.argv[:1], verbosity=2)
