#include "engine/tell/lessons/person.h"
#include "engine/base/whole_file.h"
#include "engine/tell/lessons/lab_numbers.h"
#include <cstdlib>
#include <nlohmann/json.hpp>

namespace sockwalk::tell {

namespace fs = std::filesystem;
using Json = nlohmann::json;

fs::path settingsFile(const std::string& name) {
  const auto folder = [](const char* variable) { // absolute, or it would mean another one in each place
    const char* const value = std::getenv(variable);
    return fs::path(value && *value == '/' ? value : "");
  };
  const fs::path settings = folder("XDG_CONFIG_HOME");
  return (settings.empty() ? folder("HOME") / ".config" : settings) / "sockwalk" / name;
}
fs::path personFile() { return settingsFile(PersonName); }

Result<Person> readPerson(const fs::path& file) {
  std::error_code error;
  if (!fs::exists(file, error)) return Person();
  try {
    const Json whole = Json::parse(readWholeFile(file, 1 << 16).value_or(""));
    Person out{whole.at("name").get<std::string>(), whole.at("seed").get<u32>()};
    out.seed = std::min(out.seed, MostSeed);
    return out;
  } catch (const Json::exception& e) {
    return Error{file.string() + ": nobody's name is in it: " + e.what()};
  }
}

Result<void> writePerson(const fs::path& file, const Person& person) {
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  const Json whole{{"name", person.name}, {"seed", person.seed}};
  return writeWholeFile(file, whole.dump(1, ' ', false, Json::error_handler_t::replace) + '\n');
}

} // namespace sockwalk::tell
