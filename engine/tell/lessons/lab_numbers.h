// Numbers of a lab that are others for each person: `seed: {port: 20000..29999}` draws them from the person's seed, and
// {{seed port}} says them, in the lab's task, hint, goals and files; {{seed port + 1}} counts with them. The same seed gives the same numbers on every machine.
//
//   lab.numbers                     port: 20000..29999
//   valuesFor(lab.numbers, 4711)    port 23417
//   filled(lab, values)             the lab of whoever has that seed
#pragma once
#include "engine/tell/lessons/lesson_file.h"

namespace sockwalk::tell {

// "20000..29999"; what is none is a problem.
LabNumber labNumberOf(const Written& name, const Written& range, Problems& problems);

constexpr u32 MostSeed = 999'999; // seeds are from 1
LabValues valuesFor(const std::vector<LabNumber>& numbers, u32 seed);
LabValues lowest(const std::vector<LabNumber>& numbers);
LabValues highest(const std::vector<LabNumber>& numbers);
std::string valueWords(const LabValues& values); // "port 23417, size 300"

std::string filled(std::string text, const LabValues& values);
Lab filled(Lab lab, LabValues values);
// Of a script or of lines; "" if it cannot be read.
std::string filledFile(const std::string& path, const LabValues& values);
// Where in the text as it is written a place of the filled one is.
size_t unfilled(const std::string& text, const LabValues& values, size_t at);

// The numbers that a text says, and where.
struct SaidNumber {
  std::string name;
  size_t at;
};
std::vector<SaidNumber> numbersSaid(const std::string& text);
bool drawsNumber(const Formula& formula); // {{seed port}}, or it counts with one

} // namespace sockwalk::tell
