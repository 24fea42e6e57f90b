// What the commands that draw take alike.
#pragma once
#include "app/cli_command.h"
#include <charconv>

namespace sockwalk::cli {

bool parsePositive(const std::string& text, auto& value) {
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  return parsed.ec == std::errc() && parsed.ptr == text.data() + text.size() && value > 0;
}

void addTheme(CLI::App& app, std::string& theme);
void addSize(CLI::App& app, int& width, int& height); // "1280x800"

} // namespace sockwalk::cli
