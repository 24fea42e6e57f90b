#include "engine/tell/structures/member_search.h"
#include "engine/journal/queries.h"
#include "engine/memory/macro_names.h"
#include "engine/tell/expression/tokens.h"
#include "engine/tell/structures/history.h"
#include "engine/tell/structures/memory_search.h"
#include "engine/tell/until/member_values.h"
#include "engine/tell/values.h"
#include <algorithm>
#include <charconv>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

namespace sockwalk::tell {

namespace {

constexpr size_t MostObjects = 20'000; // that are looked through; a capture makes a hundred thousand

// A member that is one value, wherever it lies in a structure.
struct Leaf {
  std::string path;
  std::vector<std::string_view> names; // its own, and those that the kernel's source has for it
  MemberPlace place;                   // from the beginning of the whole
};

void addLeaves(std::vector<Leaf>& out, const LayoutInfo& layout, u32 base, const std::string& path,
               std::string_view holder) {
  for (const MemberInfo& m : layout.members) {
    const MemberPlace place{&layout, m, base};
    const std::string own = path + std::string(m.name);
    if (typeOf(place) != expression::Type::Presence) {
      std::vector<std::string_view> names = macrosFor(holder, m.name);
      names.push_back(m.name);
      out.push_back({own, std::move(names), place});
    } else if (const LayoutInfo* inner =
                   m.kind == MemberKind::Struct && !m.array && m.size ? layoutNamed(m.target) : nullptr) {
      addLeaves(out, *inner, place.offset(), own + ".", m.name);
    }
  }
}

const std::vector<Leaf>& leavesOf(const LayoutInfo& layout) {
  static std::map<const LayoutInfo*, std::vector<Leaf>> known;
  const auto [found, isNew] = known.try_emplace(&layout);
  if (isNew) addLeaves(found->second, layout, 0, "", "");
  return found->second;
}

std::string_view trimmed(std::string_view text) {
  const size_t from = text.find_first_not_of(" \t");
  return from == text.npos ? std::string_view() : text.substr(from, text.find_last_not_of(" \t") + 1 - from);
}

std::optional<s64> numberIn(std::string_view text) {
  const bool hex = text.starts_with("0x");
  if (hex) text.remove_prefix(2);
  u64 value = 0;
  const bool negative = !hex && text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value, hex ? 16 : 10);
  if (text.empty() || parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()) return {};
  return negative ? -static_cast<s64>(value) : static_cast<s64>(value);
}

bool isPointer(const MemberInfo& m) { return m.kind == MemberKind::Pointer || m.kind == MemberKind::Function; }

class Search {
public:
  Search(const Playhead& at, std::string_view wish, size_t limit) : m_at(at), m_limit(limit) {
    const size_t equals = wish.find('=');
    const std::string_view left = trimmed(wish.substr(0, equals));
    const size_t right = equals == wish.npos ? wish.npos : wish.find_first_not_of("= \t", equals);
    m_value = right == wish.npos ? std::string() : std::string(trimmed(wish.substr(right)));
    m_name = left;
    if (equals == wish.npos) readAlone();
    else readValue();
  }

  std::vector<FoundMember> run() {
    if (!m_bytes.empty()) return findBytes(m_at, {{m_bytes, {}}}, false, m_limit);
    const bool nothing = m_name.size() < 2 && m_value.empty();
    if (nothing || m_limit == 0) return {};
    size_t objects = 0;
    for (const Allocation* a : liveAt(m_at.journal(), m_at.position())) {
      const LayoutInfo* layout = layoutOf(a->type);
      if (!layout) continue;
      if (++objects > MostObjects || m_out.size() >= m_limit) break;
      lookInto(*layout, a->offset);
    }
    // A value that is nobody's in particular may stand in a packet.
    if (m_name.empty() && m_out.size() < m_limit)
      for (FoundMember& m : findBytes(m_at, inPackets(m_number, m_address), true, m_limit - m_out.size()))
        m_out.push_back(std::move(m));
    return std::move(m_out);
  }

private:
  // A value alone is any member's; a word is a member's name.
  void readAlone() {
    m_bytes = bytesIn(m_name);
    if (!m_bytes.empty()) return;
    const bool address = m_name.find('.') != m_name.npos && m_name.find_first_not_of("0123456789.") == m_name.npos;
    const bool number = numberIn(m_name) && (m_name.size() > 1);
    if (!address && !number) return;
    m_value = std::exchange(m_name, {});
    readValue();
  }

  void readValue() {
    m_number = numberIn(m_value);
    const auto tokens = expression::tokens(m_value);
    if (tokens.size() == 2 && tokens[0].kind == expression::Token::Address && tokens[0].number == tokens[0].last)
      m_address = tokens[0].number;
    else if (m_value.find('.') != m_value.npos && m_name.empty())
      m_value.clear(), m_name.clear(); // not typed to its end
    m_lower = expression::lower(m_value);
  }

  void lookInto(const LayoutInfo& layout, u32 base) {
    for (const Leaf& leaf : leavesOf(layout)) {
      const std::string_view called = nameOf(leaf);
      if (called.empty()) continue;
      MemberPlace place = leaf.place;
      place.base += base;
      const bool turned = m_value.empty() || holdsValue(place) ? false : holdsTurned(place);
      if (!m_value.empty() && !turned && !holdsValue(place)) continue;
      const u64 address = Arena::addressOf(place.offset());
      m_out.push_back({address, subjectName(m_at, subjectAt(m_at, address)),
                       m_name.empty() ? leaf.path : std::string(called), valueNow(m_at, place),
                       std::string(layout.name), turned ? say("in the other byte order") : Text()});
      if (m_out.size() >= m_limit) return;
    }
  }

  // By which of its names it is meant; "" if by none.
  std::string_view nameOf(const Leaf& leaf) const {
    if (m_name.empty() || leaf.path == m_name) return leaf.names.back();
    const auto found = std::ranges::find(leaf.names, m_name);
    return found == leaf.names.end() ? std::string_view() : *found;
  }

  bool holdsValue(const MemberPlace& place) const {
    std::string text;
    const expression::Type type = typeOf(place);
    const expression::Value value = valueOf(m_at, place, text);
    if (type == expression::Type::Text) return !text.empty() && text == m_value;
    if (type == expression::Type::Address) return m_address ? value.number == *m_address : false;
    if (m_number) return value.number == *m_number && (!isAddress(u64(*m_number)) || isPointer(place.member));
    if (m_address || m_name.empty()) return false;
    return expression::lower(english(valueNow(m_at, place))) == m_lower;
  }

  // Of a value alone: the member holds it with its bytes the other way round, or an address where none is expected.
  bool holdsTurned(const MemberPlace& place) const {
    const MemberInfo& m = place.member;
    if (!m_name.empty() || m.array || m.bits || m.kind != MemberKind::Uint || (m.size != 2 && m.size != 4)) return false;
    const u64 value = readUnsigned(m_at, m, place.base);
    const u64 turned = m.size == 2 ? __builtin_bswap16(static_cast<u16>(value))
                                   : __builtin_bswap32(static_cast<u32>(value));
    const bool network = m.type.starts_with("__be"); // it is sought as a number already, the right way round
    if (m_address) return m.size == 4 && typeOf(place) != expression::Type::Address && turned == u64(*m_address);
    return m_number && *m_number > 255 && (network ? value : turned) == u64(*m_number);
  }

  const Playhead& m_at;
  const size_t m_limit;
  std::string m_name, m_value, m_lower;
  std::optional<s64> m_number, m_address;
  std::vector<u8> m_bytes;
  std::vector<FoundMember> m_out;
};

} // namespace

static std::string lineOf(const FoundMember& m) {
  const std::string whose = m.member.empty() ? m.object : m.object + "." + m.member;
  return addressText(m.address) + "  " + whose + " = " + spoken(m.value) +
         (m.how.empty() ? "" : "  (" + spoken(m.how) + ")");
}

std::vector<std::string> lines(const std::vector<FoundMember>& found) {
  std::vector<std::string> out;
  for (const FoundMember& m : found) out.push_back(lineOf(m));
  return out;
}

nlohmann::json json(const std::vector<FoundMember>& found) {
  nlohmann::json out = nlohmann::json::array();
  for (const FoundMember& m : found) {
    out.push_back({{"address", addressText(m.address)}, {"object", m.object}, {"value", english(m.value)}});
    if (!m.type.empty()) out.back()["type"] = m.type;
    if (!m.member.empty()) out.back()["member"] = m.member;
    if (!m.how.empty()) out.back()["how"] = english(m.how);
  }
  return out;
}

std::vector<FoundMember> findMembers(const Playhead& at, std::string_view wish, size_t limit) {
  return Search(at, trimmed(wish), limit).run();
}

} // namespace sockwalk::tell
