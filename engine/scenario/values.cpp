#include "engine/scenario/values.h"

namespace sockwalk::scenario {

s64 integerOf(const Expression& e, const Variables* variables) {
  static const Variables none;
  const auto value = evaluateInteger(e, variables ? *variables : none);
  if (!value) throw PlayError{value.error().position, value.error().what};
  return *value;
}

bool isNull(const Expression& e, const Variables* variables) {
  if (auto* word = std::get_if<Word>(&e.value)) return word->name == "NULL" || integerOf(e, variables) == 0;
  return std::holds_alternative<Integer>(e.value) && integerOf(e, variables) == 0;
}

std::string endpointText(const Endpoint& e) {
  std::string text;
  for (int shift = 24; shift >= 0; shift -= 8) text += std::to_string(e.address >> shift & 255) + (shift ? "." : ":");
  return text + std::to_string(e.port);
}

} // namespace sockwalk::scenario
