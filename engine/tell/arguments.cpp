#include "engine/tell/arguments.h"
#include "engine/memory/layout.h"
#include "engine/memory/structures.h"
#include "engine/tell/argument_table.h"
#include "engine/tell/values.h"
#include <algorithm>
#include <cstring>

namespace sockwalk::tell {
namespace {

using kernel::NoteArgument;
using kernel::NoteKind;

// The names of an argument list, "net, &sock->sk, f(a, b)", one by one.
std::string_view nthName(std::string_view names, size_t wanted) {
  int depth = 0;
  for (size_t begin = 0, i = 0; i <= names.size(); ++i) {
    const char c = i < names.size() ? names[i] : ',';
    depth += c == '(' || c == '<' ? 1 : c == ')' || c == '>' ? -1 : 0;
    if (c != ',' || depth > 0) continue;
    if (wanted-- == 0) {
      while (begin < i && names[begin] == ' ') ++begin;
      return names.substr(begin, i - begin);
    }
    begin = i + 1;
  }
  return "";
}

// The word by which the table knows an argument: saddr of "w.saddr", skb of "*pskb" is pskb.
std::string_view word(std::string_view name) {
  while (name.starts_with('*') || name.starts_with('&')) name.remove_prefix(1);
  if (name.ends_with(".get()")) name.remove_suffix(6);
  const size_t dot = name.find_last_of(".>");
  return dot == name.npos ? name : name.substr(dot + 1);
}

bool isPointer(const FunctionInfo& f, size_t index) {
  return index < f.argumentTypes.size() && !f.argumentTypes[index].empty();
}

bool holds(const ArgumentRow& row, const FunctionInfo& f, std::span<const u64> arguments) {
  // "2.6/sk_alloc" where that of 2.6 is handed other things than that of 6.1.
  const bool then = row.function.starts_with(Prefix26);
  if (!row.function.empty() && plainName(row.function) != f.name) return false;
  if (then && f.era() != Era::Linux26) return false;
  if (row.when.empty()) return true;
  for (size_t i = 0; i < arguments.size(); ++i)
    if (word(nthName(f.argumentNames, i)) == row.when) return s64(arguments[i]) == row.value;
  return false;
}

std::optional<NoteArgument> kindOf(std::string_view name, const FunctionInfo& f, std::span<const u64> arguments) {
  const auto table = argumentTable();
  for (auto row = std::ranges::lower_bound(table, name, {}, &ArgumentRow::argument);
       row != table.end() && row->argument == name; ++row)
    if (holds(*row, f, arguments)) return row->kind;
  return std::nullopt;
}

// Numbers of devices are a namespace's own: which one's, tells an object among the arguments.
u64 namespaceOf(const Playhead& at, const FunctionInfo& f, std::span<const u64> arguments) {
  for (size_t i = 0; i < std::min(arguments.size(), f.argumentTypes.size()); ++i) {
    const std::string_view type = f.argumentTypes[i];
    const u64 value = arguments[i];
    if (!isAddress(value)) continue;
    if (type == "net") return value;
    if (type == "net_device") return at.object<kernel::net_device>(value)->nd_net.net.value;
    if (type == "sock") return at.object<kernel::sock>(value)->__sk_common.skc_net.net.value;
    const u64 device = type == "sk_buff" ? at.object<kernel::sk_buff>(value)->dev.value : 0;
    if (isAddress(device)) return at.object<kernel::net_device>(device)->nd_net.net.value;
  }
  return Arena::addressOf(Symbols::get().dataNamed("init_net")->offset);
}

std::string interfaceName(const Playhead& at, u64 net, u64 number) {
  const u64 head = at.object<kernel::net>(net)->dev_base_head.next.value;
  constexpr int Most = 64; // devices; a list that is being made has no end yet
  u64 entry = head;
  for (int n = 0; isAddress(entry) && n < Most; ++n) {
    const auto* device = at.object<kernel::net_device>(entry - offsetof(kernel::net_device, dev_list));
    const std::string name = nameOf(*device);
    if (u64(s64(device->ifindex)) == number && !name.empty()) return std::to_string(number) + " (" + name + ')';
    entry = device->dev_list.next.value;
    if (entry == head) break;
  }
  return std::to_string(s64(number));
}

std::string named(const Playhead& at, const NoteArgument& kind, const FunctionInfo& f, std::span<const u64> arguments,
                  std::span<const u64> values, size_t index) {
  if (kind.kind == NoteKind::Interface && values[index])
    return interfaceName(at, namespaceOf(at, f, arguments), values[index]);
  return english(valueName(at, kind, values, index));
}

} // namespace

std::string argumentName(const FunctionInfo& f, size_t index) { return std::string(nthName(f.argumentNames, index)); }

std::optional<NoteArgument> argumentKind(const FunctionInfo& f, std::span<const u64> arguments, size_t index) {
  return isPointer(f, index) ? std::nullopt : kindOf(word(nthName(f.argumentNames, index)), f, arguments);
}

std::optional<NoteArgument> resultKind(const FunctionInfo& f, std::span<const u64> arguments) {
  return kindOf("=", f, arguments);
}

std::string argumentValue(const Playhead& at, const FunctionInfo& f, std::span<const u64> arguments, size_t index) {
  const u64 value = arguments[index];
  const auto kind = argumentKind(f, arguments, index);
  if (isPointer(f, index) || (isAddress(value) && !kind)) return addressName(at, value);
  return kind ? named(at, *kind, f, arguments, arguments, index) : std::to_string(s64(value));
}

Text argumentWords(const Playhead& at, const FunctionInfo& f, std::span<const u64> arguments, size_t index) {
  const std::string shown = argumentValue(at, f, arguments, index), name = argumentName(f, index);
  const bool object = (isPointer(f, index) || isAddress(arguments[index])) && arguments[index];
  const auto kind = argumentKind(f, arguments, index);
  const bool constant = kind && !shown.empty() && isupper(shown[0]) && shown.find('_') != shown.npos;
  const bool speaks = object || constant || (kind && kind->kind == NoteKind::Constant && isupper(shown[0]));
  return speaks || name.empty() ? shown : name + ' ' + shown;
}

std::string resultValue(const Playhead& at, const FunctionInfo& f, std::span<const u64> arguments, u64 value) {
  const auto kind = resultKind(f, arguments);
  const bool failed = s64(value) < 0 && s64(value) >= -4095 && (!kind || kind->kind != NoteKind::DropResult);
  const bool plain = kind && kind->kind == NoteKind::Number; // not even an errno
  if (!kind || isAddress(value) || (failed && !plain)) return resultName(at, value);
  return named(at, *kind, f, arguments, std::span(&value, 1), 0);
}

} // namespace sockwalk::tell
