#!/usr/bin/env python3
"""Makes the C++ table of what the engine says in Chinese: catalogue.py CATALOGUE.ts OUT.cpp

What is unfinished is left out, so that it is said in English."""
import json
import pathlib
import sys
import xml.etree.ElementTree as ElementTree

CONTEXTS = ("Tell", "Notes", "Simplified", "Fields", "Failures", "Help")  # the window's own contexts are Qt's to look up


def words(catalogue, contexts):
    found = {}
    for context in ElementTree.parse(catalogue).getroot().iter("context"):
        if context.findtext("name") in contexts:
            for message in context.iter("message"):
                translation = message.find("translation")
                if translation.text and translation.get("type") != "unfinished":
                    found.setdefault(message.findtext("source"), translation.text)
    return sorted(found.items(), key=lambda row: row[0].encode())


def rows(contexts):
    return "".join(f"    {{{json.dumps(english, ensure_ascii=False)}, {json.dumps(said, ensure_ascii=False)}}},\n"
                   for english, said in words(sys.argv[1], contexts))


def main():
    pathlib.Path(sys.argv[2]).write_text(f"""// Generated from app/translations.
#include "app/language.h"
namespace sockwalk {{
static constexpr TranslatedWords Words[] = {{
{rows(CONTEXTS)}    {{"\\xff", ""}}, // behind all words, so that there is one
}};
static constexpr TranslatedWords Messages[] = {{
{rows(("Messages",))}    {{"\\xff", ""}},
}};
std::span<const TranslatedWords> chineseWords() {{ return Words; }}
std::span<const TranslatedWords> chineseMessages() {{ return Messages; }}
}} // namespace sockwalk
""")


main()
