#include "engine/scenario/evaluate.h"

#include "engine/scenario/constants.h"
#include "engine/scenario/describe.h"

#include <optional>

namespace sockwalk::scenario {

namespace {

std::int64_t swapped16(std::int64_t value) { return __builtin_bswap16(static_cast<std::uint16_t>(value)); }
std::int64_t swapped32(std::int64_t value) { return __builtin_bswap32(static_cast<std::uint32_t>(value)); }

std::string shortened(const std::string& text) { return text.size() > 60 ? text.substr(0, 60) + "..." : text; }

class Evaluation {
public:
  Evaluation(const Variables& variables, const std::string& file) : m_variables(variables), m_file(file) {}

  ScriptResult<std::int64_t> of(const Expression& e) const {
    if (const auto* number = std::get_if<Integer>(&e.value)) return number->value;
    if (const auto* word = std::get_if<Word>(&e.value)) return ofWord(*word, e.position);
    if (const auto* flags = std::get_if<BitOr>(&e.value)) return ofFlags(*flags);
    if (const auto* conversion = std::get_if<Conversion>(&e.value)) return ofConversion(*conversion, e.position);
    return ScriptError(m_file, e.position, "expected a number, found " + shortened(describe(e)));
  }

private:
  ScriptResult<std::int64_t> ofWord(const Word& word, Position position) const {
    if (const auto found = m_variables.find(word.name); found != m_variables.end()) return found->second;
    if (const auto value = constantValue(word.name)) return *value;
    return ScriptError(m_file, position,
                       "unknown name '" + shortened(word.name) +
                           "'; expected a constant such as AF_INET or an earlier variable");
  }

  ScriptResult<std::int64_t> ofFlags(const BitOr& flags) const {
    std::int64_t all = 0;
    for (const Expression& operand : flags.operands) {
      auto value = of(operand);
      if (!value) return value;
      all |= *value;
    }
    return all;
  }

  ScriptResult<std::int64_t> ofConversion(const Conversion& conversion, Position position) const {
    const Expression& argument = conversion.arguments.at(0);
    if (conversion.function == "inet_addr") {
      const auto* text = std::get_if<Text>(&argument.value);
      if (const auto address = text ? ipv4Address(text->bytes) : std::nullopt) return swapped32(*address);
      return ScriptError(m_file, argument.position, "expected an IPv4 address such as \"192.0.2.1\"");
    }
    if (conversion.function == "inet6_addr") return ScriptError(m_file, position, "an IPv6 address is no number");
    auto value = of(argument);
    if (!value) return value;
    return conversion.function.ends_with('s') ? swapped16(*value) : swapped32(*value);
  }

  const Variables& m_variables;
  const std::string& m_file;
};

} // namespace

ScriptResult<std::int64_t> evaluateInteger(const Expression& expression, const Variables& variables,
                                           const std::string& file) {
  return Evaluation(variables, file).of(expression);
}

} // namespace sockwalk::scenario
