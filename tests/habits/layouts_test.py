"""The tables of 2.6's structures are what make_layout.py makes of the list of their members."""
import pathlib, subprocess, sys, tempfile

FOLDER = pathlib.Path(sys.argv[1]) / "assets/layout-2.6"


def main():
    with tempfile.TemporaryDirectory() as out:
        subprocess.run([sys.executable, FOLDER / "make_layout.py", out], check=True)
        made = {path.name: path.read_text() for path in pathlib.Path(out).glob("*.tsv")}
    kept = {path.name: path.read_text() for path in FOLDER.glob("*.tsv")}
    wrong = sorted(name for name in made.keys() | kept.keys() if made.get(name) != kept.get(name))
    for name in wrong:
        print(f"assets/layout-2.6/{name} is not what structures.txt says; run make_layout.py")
    sys.exit(bool(wrong))


main()
