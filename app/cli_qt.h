// The options that Qt itself understands (-style, -platform ...). They are no business of the commands: they are taken
// out of the words and handed to Qt.
#pragma once
#include "app/window.h"
#include <span>

namespace sockwalk::cli {

struct QtOption {
  const char* name;  // without its dash
  const char* takes; // "" for a flag
  const char* does;
};
std::span<const QtOption> qtOptions();

// Moves Qt's options from `words` to `qt`: with one dash or two, the value after it or behind "=". What stands after "--"
// is no option. Gives a sentence if one lacks its value, else "".
std::string takeQtOptions(std::vector<std::string>& words, QtArguments& qt);

} // namespace sockwalk::cli
