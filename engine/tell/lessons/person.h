// Who takes the lessons: a name that stands beside the results, and the seed from which labs draw numbers of the person's own.
// Both lie in person.json beside the person's settings, and go nowhere else but into results that the person exports.
#pragma once
#include "engine/base/result.h"
#include "engine/base/types.h"
#include <filesystem>

namespace sockwalk::tell {

struct Person {
  std::string name; // "": nobody says
  u32 seed = 0;     // 1 to MostSeed (lab_numbers.h); 0: none is drawn yet
};
inline constexpr const char* PersonName = "person.json";
std::filesystem::path settingsFile(const std::string& name); // where the window keeps it
std::filesystem::path personFile();
// Nothing is there: nobody. The error says what is wrong with the file.
Result<Person> readPerson(const std::filesystem::path& file);
Result<void> writePerson(const std::filesystem::path& file, const Person& person);

} // namespace sockwalk::tell
