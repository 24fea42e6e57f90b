"""Writes a Qt resource list (NAME.qrc) of the given sources and all engine headers that they include.

usage: embed_sources.py PROJECT_ROOT NAME SOURCE...
NAME.d tells the build which files were read.
"""
import os
import re
import sys

INCLUDE = re.compile(r'^\s*#include "(engine/kernel/[^"]+)"', re.M)


def main():
    root, name, sources = sys.argv[1], sys.argv[2], sys.argv[3:]
    todo = [os.path.relpath(s, root) for s in sources]
    seen = set()
    while todo:
        path = todo.pop()
        if path in seen or not os.path.exists(os.path.join(root, path)):
            continue
        seen.add(path)
        with open(os.path.join(root, path), encoding="utf-8") as f:
            todo += INCLUDE.findall(f.read())
    with open(name + ".qrc", "w", encoding="utf-8") as out:
        out.write('<RCC><qresource prefix="/kernel-source">\n')
        for path in sorted(seen):
            out.write(f'<file alias="{path}">{os.path.join(root, path)}</file>\n')
        out.write("</qresource></RCC>\n")
    with open(name + ".d", "w", encoding="utf-8") as out:
        out.write(f"{name}.cpp: " + " ".join(os.path.join(root, p) for p in sorted(seen)) + "\n")


if __name__ == "__main__":
    main()
