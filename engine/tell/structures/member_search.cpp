#include "engine/tell/structures/member_search.h"
#include "engine/base/bytes.h"
#include "engine/base/whole_number.h"
#include "engine/journal/queries.h"
#include "engine/memory/macro_names.h"
#include "engine/tell/expression/tokens.h"
#include "engine/tell/structures/history.h"
#include "engine/tell/structures/structures.h"
#include "engine/tell/until/member_values.h"
#include "engine/tell/values.h"
#include <algorithm>
#include <cstring>
#include <map>
#include <utility>

namespace sockwalk::tell {

namespace {

constexpr u32 Window = 1 << 16; // of bytes that have no members, looked through at one go
constexpr u32 MostInOne = 16;   // places in the bytes of one object: a buffer of zeros holds zeros everywhere

void addLeaves(std::vector<SearchedLeaf>& out, const LayoutInfo& layout, u32 base, const std::string& path,
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

const std::vector<SearchedLeaf>& leavesOf(const LayoutInfo& layout) {
  static std::map<const LayoutInfo*, std::vector<SearchedLeaf>> known;
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
  const bool negative = !hex && text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const auto value = wholeNumber<u64>(text, hex ? 16 : 10);
  if (!value) return {};
  return negative ? -static_cast<s64>(*value) : static_cast<s64>(*value);
}

bool isPointer(const MemberInfo& m) { return m.kind == MemberKind::Pointer || m.kind == MemberKind::Function; }

} // namespace

MemberSearch::MemberSearch(const Playhead& at, std::string_view wish, size_t most) : m_at(at), m_most(most) {
  readWish(trimmed(wish));
  if (m_refusal.empty() && m_name.empty() && m_value.empty() && m_bytes.empty() && !m_to)
    m_refusal = say("Say what to look for: a number, an address, a member's name, bytes.");
  if (m_refusal.empty()) gather();
}

// ---- what is sought

void MemberSearch::readWish(std::string_view wish) {
  m_bytes = bytesIn(wish);
  if (!m_bytes.empty()) return;
  const size_t equals = wish.find('=');
  const size_t right = equals == wish.npos ? wish.npos : wish.find_first_not_of("= \t", equals);
  m_value = right == wish.npos ? std::string() : std::string(trimmed(wish.substr(right)));
  m_name = trimmed(wish.substr(0, equals));
  if (equals == wish.npos) return readAlone();
  if (m_name.empty()) m_refusal = say("Before the = stands a member's name: sk_state = TCP_LISTEN.");
  readValue();
}

// A value alone is any member's; an object's name, what points at it; another word, a member's name.
void MemberSearch::readAlone() {
  const bool address = m_name.find('.') != m_name.npos && m_name.find_first_not_of("0123456789.") == m_name.npos;
  const auto number = numberIn(m_name);
  if (m_name.find('#') != m_name.npos) {
    const auto subject = structureNamed(m_at, m_name);
    if (!subject) return void(m_refusal = subject.error().message);
    m_from = Arena::addressOf(subject->base);
    m_to = m_from + subject->size;
    m_name.clear();
  } else if (address || number) {
    m_value = std::exchange(m_name, {});
    readValue();
    if (m_number && m_value.size() < 2)
      m_refusal = say("%1 stands nearly everywhere, and tells nothing: a number must have two digits, or a member's "
                      "name before it, sk_state = %1.",
                      m_value);
    else if (address && !m_address) m_refusal = say("%1 is no whole address.", m_value);
    else if (m_number && isAddress(static_cast<u64>(*m_number)))
      m_from = static_cast<u64>(*m_number), m_to = m_from + 1;
  } else if (m_name.size() == 1) {
    m_refusal = say("A member's name has more letters than one.");
  }
}

void MemberSearch::readValue() {
  m_number = numberIn(m_value);
  const auto tokens = expression::tokens(m_value);
  if (tokens.size() == 2 && tokens[0].kind == expression::Token::Address && tokens[0].number == tokens[0].last)
    m_address = tokens[0].number;
  m_lower = expression::lower(m_value);
}

// ---- where

void MemberSearch::gather() {
  for (const Allocation* a : liveAt(m_at.journal(), m_at.position()))
    m_pieces.push_back({a->offset, a->size, layoutOf(a->type)});
  for (const DataSymbol* d : Symbols::get().data())
    m_pieces.push_back({d->offset, d->size * std::max(d->count, 1u), layoutNamed(d->type)});
  if (!m_name.empty()) std::erase_if(m_pieces, [](const Piece& piece) { return !piece.layout; });
  else if (m_bytes.empty())
    std::ranges::stable_partition(m_pieces, [](const Piece& piece) { return piece.layout != nullptr; });
  for (const Piece& piece : m_pieces) m_all += piece.size;
  if (m_bytes.empty()) m_patterns = inPackets(m_number, m_address);
  else m_patterns = {{m_bytes, {}}};
}

double MemberSearch::progress() const {
  return atEnd() || !m_all ? 1 : static_cast<double>(m_looked) / static_cast<double>(m_all);
}

void MemberSearch::advance(u64 bytes) {
  for (const u64 until = m_looked + bytes; !atEnd() && m_looked < until;) {
    const Piece& piece = m_pieces[m_next];
    const u32 looked = std::max(1u, look(piece));
    m_looked += std::min(looked, piece.size - m_inside);
    m_inside += looked;
    if (m_inside < piece.size) continue;
    ++m_next;
    m_inside = m_inPiece = 0;
  }
}

u32 MemberSearch::look(const Piece& piece) {
  if (!piece.layout || !m_bytes.empty()) return lookThroughBytes(piece);
  lookInto(*piece.layout, piece.offset + m_inside);
  // What lies behind an object of the slab's is no second one, as far as names go.
  const bool another = m_name.empty() && piece.size - m_inside >= 2 * piece.layout->size;
  return another ? piece.layout->size : piece.size - m_inside;
}

// ---- members

void MemberSearch::lookInto(const LayoutInfo& layout, u32 base) {
  for (const SearchedLeaf& leaf : leavesOf(layout)) {
    if (isFull()) return;
    lookAtLeaf(leaf, layout, base);
  }
}

void MemberSearch::lookAtLeaf(const SearchedLeaf& leaf, const LayoutInfo& layout, u32 base) {
  const std::string_view called = nameOf(leaf);
  if (called.empty()) return;
  MemberPlace place = leaf.place;
  place.base += base;
  const bool held = m_to ? pointsThere(place) : m_value.empty() || holdsValue(place);
  const bool turned = !held && !m_to && holdsTurned(place);
  if (!held && !turned) return;
  const u64 address = Arena::addressOf(place.offset());
  Owner owner = ownerOf(layout, base, place.offset());
  const std::string path = owner.layout == &layout ? leaf.path : leaf.path.substr(leaf.path.find('.') + 1);
  m_found.push_back({address, std::move(owner.name), m_name.empty() ? path : std::string(called), valueNow(m_at, place),
                     std::string(owner.layout->name), turned ? say("in the other byte order") : Text()});
}

MemberSearch::Owner MemberSearch::ownerOf(const LayoutInfo& layout, u32 base, u32 offset) const {
  for (const StructureSubject& part : subjectsOf(m_at, base))
    if (part.layout != &layout && part.covers(offset)) return {subjectName(m_at, part), part.layout, part.base};
  return {addressName(m_at, Arena::addressOf(base)), &layout, base};
}

// By which of its names it is meant; "" if by none.
std::string_view MemberSearch::nameOf(const SearchedLeaf& leaf) const {
  if (m_name.empty() || leaf.path == m_name) return leaf.names.back();
  const auto found = std::ranges::find(leaf.names, m_name);
  return found == leaf.names.end() ? std::string_view() : *found;
}

bool MemberSearch::holdsValue(const MemberPlace& place) const {
  std::string text;
  const expression::Type type = typeOf(place);
  const expression::Value value = valueOf(m_at, place, text);
  if (type == expression::Type::Text) return !text.empty() && text == m_value;
  if (type == expression::Type::Address) return m_address ? value.number == *m_address : false;
  if (m_number) return value.number == *m_number;
  if (m_address || m_name.empty()) return false;
  return expression::lower(english(valueNow(m_at, place))) == m_lower;
}

// Of a value alone: the member holds it with its bytes the other way round, or an address where none is expected.
bool MemberSearch::holdsTurned(const MemberPlace& place) const {
  const MemberInfo& m = place.member;
  if (!m_name.empty() || m.array || m.bits || m.kind != MemberKind::Uint || (m.size != 2 && m.size != 4)) return false;
  const u64 value = readUnsigned(m_at, m, place.base);
  const u64 turned =
      m.size == 2 ? __builtin_bswap16(static_cast<u16>(value)) : __builtin_bswap32(static_cast<u32>(value));
  const bool network = m.type.starts_with("__be"); // it is sought as a number already, the right way round
  if (m_address)
    return m.size == 4 && typeOf(place) != expression::Type::Address && turned == static_cast<u64>(*m_address);
  return m_number && *m_number > 0xff && (network ? value : turned) == static_cast<u64>(*m_number);
}

// An empty list's head points at itself: that says nothing.
bool MemberSearch::pointsThere(const MemberPlace& place) const {
  return isPointer(place.member) && !place.member.array && isThere(readUnsigned(m_at, place.member, place.base)) &&
         (m_to - m_from == 1 || !isThere(Arena::addressOf(place.offset())));
}

// ---- bytes that have no members

u32 MemberSearch::lookThroughBytes(const Piece& piece) {
  if (m_to) return lookForPointers(piece);
  const u8* const whole = m_at.memory().at(piece.offset);
  const u32 end = std::min(piece.size, m_inside + Window);
  for (const BytePattern& pattern : m_patterns) {
    const auto size = static_cast<u32>(pattern.bytes.size());
    const u8* const to = whole + std::min(piece.size, end + size - 1); // what begins in the window
    for (const u8* from = whole + m_inside; !isFull() && m_inPiece < MostInOne;) {
      from = std::search(from, to, pattern.bytes.begin(), pattern.bytes.end());
      if (from == to) break;
      addBytes(piece, static_cast<u32>(from - whole), size, pattern.how);
      from += size;
    }
  }
  return end - m_inside;
}

u32 MemberSearch::lookForPointers(const Piece& piece) {
  const u32 end = std::min(piece.size, m_inside + Window);
  for (u32 i = m_inside; i + sizeof(u64) <= end && !isFull() && m_inPiece < MostInOne; i += sizeof(u64)) {
    u64 pointer = 0;
    std::memcpy(&pointer, m_at.memory().at(piece.offset + i), sizeof pointer);
    if (!isThere(pointer)) continue;
    addBytes(piece, i, sizeof pointer, {});
    m_found.back().value = addressName(m_at, pointer);
  }
  return end - m_inside;
}

void MemberSearch::addBytes(const Piece& piece, u32 inside, u32 size, const Text& how) {
  constexpr u32 Beside = 8; // bytes shown behind what was sought
  const u64 address = Arena::addressOf(piece.offset + inside);
  FoundMember found{address, objectAt(m_at, address).name, {}, {}, {}, {}};
  if (piece.layout) {
    const u32 element = piece.offset + inside - inside % piece.layout->size;
    Owner owner = ownerOf(*piece.layout, element, piece.offset + inside);
    found.member = memberPath(*owner.layout, piece.offset + inside - owner.base);
    found.type = owner.layout->name;
    found.object = std::move(owner.name);
  }
  const bool last = ++m_inPiece == MostInOne;
  found.how = Text::list(", ", {say("byte %1", inside), how, last ? say("and perhaps further on") : Text()});
  found.value = toHex({m_at.memory().at(piece.offset + inside), std::min(size + Beside, piece.size - inside)}, ' ');
  m_found.push_back(std::move(found));
}

std::vector<FoundMember> findMembers(const Playhead& at, std::string_view wish, size_t limit) {
  MemberSearch search(at, wish, limit);
  while (!search.atEnd()) search.advance(~u64(0) >> 1);
  return search.found();
}

} // namespace sockwalk::tell
