#include "engine/tell/lessons/lab_numbers.h"
#include "engine/base/whole_file.h"
#include "engine/base/whole_number.h"
#include <algorithm>
#include <cctype>

namespace sockwalk::tell {

// ---- drawn

static bool isName(const std::string& name) {
  const auto letter = [](char c) { return std::isalpha(static_cast<unsigned char>(c)) || c == '_'; };
  const auto fits = [&](char c) { return letter(c) || std::isdigit(static_cast<unsigned char>(c)); };
  return !name.empty() && letter(name.front()) && std::ranges::all_of(name, fits);
}

LabNumber labNumberOf(const Written& name, const Written& range, Problems& problems) {
  LabNumber out{name.text, 0, 0, name.spot};
  if (!isName(name.text))
    problems.add(name.spot, say("'%1' is no name of a number", name.text), say("letters, digits and _: port"));
  const std::string& text = range.text;
  const size_t dots = text.find("..");
  const auto take = [](std::string_view digits, s64& value) {
    const auto number = wholeNumber<u32>(digits);
    value = number.value_or(0);
    return number.has_value();
  };
  if (dots == text.npos || !take(text.substr(0, dots), out.from) || !take(text.substr(dots + 2), out.to))
    problems.add(range.spot, say("'%1' is no range of numbers", text), say("for example %1", "20000..29999"));
  else if (out.from >= out.to)
    problems.add(range.spot, say("from '%1' nothing can be drawn", text), say("the second number is the larger one"));
  return out;
}

// FNV-1a over the name, and the finishing steps of splitmix64: nothing in it depends on the machine.
static u64 mixed(u32 seed, const std::string& name) {
  u64 h = 0xcbf29ce484222325;
  for (const char c : name) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  h += u64(seed) * 0x9e3779b97f4a7c15;
  h = (h ^ h >> 30) * 0xbf58476d1ce4e5b9;
  h = (h ^ h >> 27) * 0x94d049bb133111eb;
  return h ^ h >> 31;
}

LabValues valuesFor(const std::vector<LabNumber>& numbers, u32 seed) {
  LabValues out;
  for (const LabNumber& n : numbers)
    out[n.name] = n.from + static_cast<s64>(mixed(seed, n.name) % static_cast<u64>(n.to - n.from + 1));
  return out;
}
LabValues lowest(const std::vector<LabNumber>& numbers) {
  LabValues out;
  for (const LabNumber& n : numbers) out[n.name] = n.from;
  return out;
}
LabValues highest(const std::vector<LabNumber>& numbers) {
  LabValues out;
  for (const LabNumber& n : numbers) out[n.name] = n.to;
  return out;
}

std::string valueWords(const LabValues& values) {
  std::string out;
  for (const auto& [name, value] : values) out += (out.empty() ? "" : ", ") + name + " " + std::to_string(value);
  return out;
}

// ---- said

namespace {

struct Braces {
  size_t from, to; // the braces with what is between them
  Formula formula; // of seeds and numbers
};
bool isOfNumbers(const Formula& f) {
  return f.kind == Formula::Seed || f.kind == Formula::Number ||
         (f.kind == Formula::Sum && std::ranges::all_of(f.parts, [](const auto& part) { return isOfNumbers(*part); }));
}
// Files have braces of their own; what is none of ours stays as it is.
std::vector<Braces> placesIn(const std::string& text) {
  std::vector<Braces> out;
  for (size_t at = text.find("{{"); at != text.npos; at = text.find("{{", at + 2)) {
    const size_t close = text.find("}}", at);
    if (close == text.npos) break;
    const std::string inside = text.substr(at + 2, close - at - 2);
    if (inside.find("seed") == inside.npos) continue;
    Problems none("");
    if (Formula f = formulaOf({inside, {}}, none); drawsNumber(f) && isOfNumbers(f))
      out.push_back({at, close + 2, std::move(f)});
  }
  return out;
}

// Nothing: it says a number that is not drawn, or one that is none.
std::optional<s64> worth(const Formula& f, const LabValues& values) {
  if (f.kind == Formula::Number) return wholeNumber<s64>(f.words[0]);
  if (f.kind == Formula::Sum) {
    const auto a = worth(*f.parts[0], values), b = worth(*f.parts[1], values);
    return a && b ? counted(f.sign, *a, *b) : std::nullopt;
  }
  const auto found = values.find(f.words[0]);
  return found == values.end() ? std::nullopt : std::optional(found->second);
}

void addNames(const Formula& f, size_t at, std::vector<SaidNumber>& out) {
  if (f.kind == Formula::Seed) out.push_back({f.words[0], at});
  for (const auto& part : f.parts) addNames(*part, at, out);
}

Formula filledFormula(const Formula& f, const LabValues& values) {
  Formula out = f;
  if (f.kind == Formula::Seed)
    if (const auto found = values.find(f.words[0]); found != values.end()) {
      out.kind = Formula::Number;
      out.words = {std::to_string(found->second)};
    }
  for (auto& part : out.parts) part = std::make_shared<const Formula>(filledFormula(*part, values));
  return out;
}

void fill(LessonWords& words, const LabValues& values) {
  for (ComputedPart& part : words.computed) part.formula = filledFormula(part.formula, values);
}

} // namespace

std::vector<SaidNumber> numbersSaid(const std::string& text) {
  std::vector<SaidNumber> out;
  for (const Braces& place : placesIn(text)) addNames(place.formula, place.from, out);
  return out;
}

std::string filled(std::string text, const LabValues& values) {
  const auto places = placesIn(text);
  for (size_t i = places.size(); i-- > 0;)
    if (const auto number = worth(places[i].formula, values))
      text.replace(places[i].from, places[i].to - places[i].from, std::to_string(*number));
  return text;
}

size_t unfilled(const std::string& text, const LabValues& values, size_t at) {
  for (const Braces& place : placesIn(text)) {
    const auto number = worth(place.formula, values);
    if (!number || at <= place.from) continue;
    const size_t said = std::to_string(*number).size(), written = place.to - place.from;
    at = at < place.from + said ? place.from : at + written - said;
  }
  return at;
}

Lab filled(Lab lab, LabValues values) {
  fill(lab.task, values);
  fill(lab.hint, values);
  lab.goal.text = filled(lab.goal.text, values);
  for (Written& partial : lab.partial) partial.text = filled(partial.text, values);
  lab.values = std::move(values);
  return lab;
}

std::string filledFile(const std::string& path, const LabValues& values) {
  return filled(readWholeFile(path).value_or(""), values);
}

bool drawsNumber(const Formula& f) {
  return f.kind == Formula::Seed || std::ranges::any_of(f.parts, [](const auto& part) { return drawsNumber(*part); });
}

} // namespace sockwalk::tell
