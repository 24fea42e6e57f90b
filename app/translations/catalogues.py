"""The catalogues, and lupdate, which brings them up to date with the sources: what is new is in them afterwards,
unfinished; what nobody says any more is gone; what was translated stays."""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

from gather import ROOT, gathered

HERE = pathlib.Path(__file__).resolve().parent


def tool(name):
    found = shutil.which(name, path="/usr/lib/qt6/bin") or shutil.which(name)
    return found or sys.exit(f"{name} is missing; it is in Debian's qt6-l10n-tools")


def engine_as_source():
    """What lupdate understands."""
    return "".join(f"QT_TRANSLATE_NOOP({json.dumps(context)}, {json.dumps(said, ensure_ascii=False)});\n"
                   for context, all in gathered().items() for said in all)


def messages(catalogue):
    """Context, source, translations (two of a plural), and whether somebody has to look at them still."""
    for context in ElementTree.parse(catalogue).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            forms = [f.text or "" for f in translation.iter("numerusform")] or [translation.text or ""]
            yield (context.findtext("name"), message.findtext("source"), forms,
                   translation.get("type") == "unfinished")


def update(catalogue):
    """English has words of its own only where a number decides between two."""
    only = ["-pluralonly"] if catalogue.name.endswith("_en.ts") else []
    with tempfile.TemporaryDirectory() as folder:
        engine = pathlib.Path(folder, "engine.cpp")
        engine.write_text(engine_as_source())
        run = subprocess.run(
            [tool("lupdate"), "app", "views", str(engine), "-I", ".", "-no-obsolete", "-locations", "none",
             "-disable-heuristic", "similartext", *only, "-ts", str(catalogue)],
            cwd=ROOT, capture_output=True, text=True)
    if run.returncode:
        sys.exit(run.stdout + run.stderr)
