// The words of the command line in the person's language: help, which is written in English beside the options that it is
// of, and is put into another language when it is printed.
#pragma once
#include "engine/tell/text.h"
#include <string>
#include <vector>

namespace sockwalk::cli {

// Before anything is declared or said: what --lang among the words asks for. `--lang` itself is read later, as an option.
void speakAsAsked(const std::vector<std::string>& words);

// Help in the language of now. A paragraph is looked up as one sentence, of a row of a table ("  NAME  what it does") the
// second column; gather.py (app/translations) takes it apart in the same way.
std::string helpWords(const std::string& english);

// ---- on a terminal, where a Chinese letter is as wide as two
int columns(const std::string& text);
std::string wrapped(const std::string& text, int width); // lines of this width where they can be broken
std::string padded(const std::string& text, int width);

} // namespace sockwalk::cli
