// What may be used in a lab, and what it begins with: a script that is written, calls on the console, what arrives on the
// wire. With the console or the wire a person goes on where the lab's start ends, and every line is a stimulus of the same
// record; what may not be used is refused in words.
#pragma once
#include "engine/tell/lessons/lesson_file.h"

namespace sockwalk::tell {

// Of what may be used, in the order of the language: "script, console".
std::string usedIn(const LabUse& use);
// Why this line may not be typed in the lab; nullopt: it may. Packet lines and the command `wire` are of the wire.
std::optional<Text> refusedLine(const LabUse& use, const std::string& line);

// What is typed in a lab, a line each, is kept in a file .lines; in it, // begins a remark, but for //@task NAME.
bool isLinesFile(const std::string& path);
struct LabLine {
  std::string text;
  int number = 0; // in its file, from 1
};
std::vector<LabLine> labLines(const std::string& text);

// With which it begins: its own file, or what the lesson plays.
PlayedFile startOf(const Lesson& lesson, const Lab& lab);

} // namespace sockwalk::tell
