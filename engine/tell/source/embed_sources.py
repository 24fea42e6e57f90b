"""Writes a C++ file that holds the text of the given sources and of all engine headers that they include, so that what
is shown is what was compiled (source_files.h).

usage: embed_sources.py PROJECT_ROOT OUTPUT SOURCE...
OUTPUT.d tells the build which files were read.
"""
import os
import re
import sys

INCLUDE = re.compile(r'^\s*#include "(engine/kernel(?:26)?/[^"]+)"', re.M)
END = "end_of_source"  # of a raw string


def read(root, sources):
    """The text of each file, by its path from the root."""
    todo = [os.path.relpath(s, root) for s in sources]
    texts = {}
    while todo:
        path = todo.pop()
        if path in texts or not os.path.exists(os.path.join(root, path)):
            continue
        with open(os.path.join(root, path), encoding="utf-8") as f:
            texts[path] = f.read()
        if END in texts[path]:
            sys.exit(f"{path}: no source may contain '{END}'")
        todo += INCLUDE.findall(texts[path])
    return texts


def main():
    root, name, sources = sys.argv[1], sys.argv[2], sys.argv[3:]
    texts = read(root, sources)
    with open(name, "w", encoding="utf-8") as out:
        out.write('#include "engine/tell/source/source_files.h"\n\nnamespace sockwalk::tell {\n\n'
                  "static constexpr SourceFile files[] = {\n")
        for path, text in sorted(texts.items()):
            out.write(f'{{"{path}", {{R"{END}({text}){END}", {len(text.encode())}}}}},\n')
        out.write("};\nstd::span<const SourceFile> sourceFiles() { return files; }\n\n} // namespace sockwalk::tell\n")
    with open(name + ".d", "w", encoding="utf-8") as out:
        out.write(f"{name}: " + " ".join(os.path.join(root, p) for p in sorted(texts)) + "\n")


if __name__ == "__main__":
    main()
