#include "engine/scenario/script.h"

#include <type_traits>

namespace sockwalk::scenario {

// Written out here, where Expression and Field are complete types.
bool BitOr::operator==(const BitOr& other) const { return operands == other.operands; }
bool Assignment::operator==(const Assignment& other) const { return name == other.name && value == other.value; }
bool Conversion::operator==(const Conversion& other) const {
  return function == other.function && arguments == other.arguments;
}
bool List::operator==(const List& other) const { return items == other.items; }
bool Braces::operator==(const Braces& other) const { return items == other.items; }
bool Struct::operator==(const Struct& other) const { return kind == other.kind && fields == other.fields; }

const Expression* Struct::field(const char* name) const {
  for (const Field& f : fields)
    if (f.name == name) return &f.value;
  return nullptr;
}

std::size_t encodedSize(const TcpOption& option) {
  return std::visit(
      [](const auto& o) -> std::size_t {
        using T = std::decay_t<decltype(o)>;
        if constexpr (std::is_same_v<T, OptionNop> || std::is_same_v<T, OptionEol>) return 1;
        if constexpr (std::is_same_v<T, OptionMss>) return 4;
        if constexpr (std::is_same_v<T, OptionWindowScale>) return 3;
        if constexpr (std::is_same_v<T, OptionSackPermitted>) return 2;
        if constexpr (std::is_same_v<T, OptionSack>) return 2 + 8 * o.blocks.size();
        if constexpr (std::is_same_v<T, OptionTimestamp>) return 10;
        if constexpr (std::is_same_v<T, OptionMd5>) return 2 + o.digest.size();
        if constexpr (std::is_same_v<T, OptionFastOpen>) return (o.experimental ? 4u : 2u) + o.cookie.size();
        if constexpr (std::is_same_v<T, OptionAccEcn>) return 2 + 3 * o.counters.size();
      },
      option);
}

std::optional<std::string> Script::option(const std::string& name) const {
  std::optional<std::string> found;
  for (const Option& o : options)
    if (o.name == name) found = o.value.value_or("");
  return found;
}

bool Script::operator==(const Script& other) const {
  return options == other.options && link == other.link && hz == other.hz && machine == other.machine &&
         era == other.era && init == other.init && events == other.events && cleanup == other.cleanup;
}

} // namespace sockwalk::scenario
