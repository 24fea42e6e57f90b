#include "engine/tell/until/moment_names.h"
#include "engine/base/whole_number.h"
#include "engine/memory/macro_names.h"
#include "engine/tell/until/member_values.h"
#include <algorithm>

namespace sockwalk::tell {

using expression::Constant;
using expression::Name;
using expression::Type;

namespace {

constexpr u32 FirstMember = 1 << 10, FirstPacket = 1 << 20; // ids of names

struct Own {
  const char* word;
  Type type;
  Words about;
  MomentVocabulary::Kind kind;
  u32 events;
};
constexpr u32 WithLine = bitOf(EventType::Call) | bitOf(EventType::Return) | bitOf(EventType::Write) |
                         bitOf(EventType::Fill) | bitOf(EventType::Alloc) | bitOf(EventType::Free) |
                         bitOf(EventType::Mark) | bitOf(EventType::Panic) | bitOf(EventType::Note);
constexpr auto Happens = MomentVocabulary::Kind::Happens, State = MomentVocabulary::Kind::State;

// clang-format off
const Own OwnNames[] = {
  {"call", Type::Named, "a function is entered", Happens, bitOf(EventType::Call)},
  {"returns", Type::Named, "a function returns", Happens, bitOf(EventType::Return)},
  {"result", Type::Number, "what the function that returns gives back", Happens, bitOf(EventType::Return)},
  {"line", Type::Text, "a line of the source runs: \"tcp_ipv4.cpp:120\"", Happens, WithLine},
  {"drop", Type::Presence, "a packet is dropped", Happens, bitOf(EventType::Drop)},
  {"drop.reason", Type::Named, "... and why", Happens, bitOf(EventType::Drop)},
  {"sleeps", Type::Presence, "a task goes to sleep", Happens, bitOf(EventType::Call)},
  {"panic", Type::Presence, "the kernel stops", Happens, bitOf(EventType::Panic)},
  {"time", Type::Time, "since the machine was switched on", State, ~0u},
  {"task", Type::Text, "who runs: \"server\", \"softirq\"", State, bitOf(EventType::Context)},
};
// clang-format on

Name ownName(u32 row) { return {OwnNames[row].word, OwnNames[row].type, say(OwnNames[row].about), false, row, 0}; }

std::vector<Constant> functionNames() {
  std::vector<Constant> out;
  for (const FunctionInfo* f : Symbols::get().functions()) out.push_back({std::string(f->name), f->id});
  std::ranges::sort(out, {}, &Constant::word);
  return out;
}

// Not only in a structure that lies in it; by one of the kernel's macros, too.
bool hasItself(const LayoutInfo& type, std::string_view member) {
  const auto is = [&](const MemberInfo& m) {
    return m.name == member || std::ranges::any_of(macroNames(), [&](const MacroName& macro) {
             return macro.holder == m.name && macro.macro == member;
           });
  };
  return std::ranges::any_of(type.members, is);
}

} // namespace

std::optional<Name> MomentVocabulary::find(std::string_view word) const {
  for (u32 row = 0; row < std::size(OwnNames); ++row)
    if (word == OwnNames[row].word) return ownName(row);
  if (auto packet = PacketVocabulary().find(word)) {
    packet->id += FirstPacket;
    return packet;
  }
  return memberWord(word);
}

std::optional<Name> MomentVocabulary::memberWord(std::string_view word) const {
  const auto asked = this->asked(word);
  if (!asked) return {};
  m_members.push_back(*asked);
  const u32 id = FirstMember + static_cast<u32>(m_members.size()) - 1;
  return Name{std::string(word), typeOf(asked->place), say("a member"), false, id, 0};
}

// "tcp_sock#1.snd_cwnd", "sock.sk_state", "tcp_prot.sockets_allocated"; a name alone, if only one type has such a member.
std::optional<AskedMember> MomentVocabulary::asked(std::string_view word) const {
  AskedMember out;
  const size_t dot = word.find('.'), hash = word.substr(0, dot).find('#');
  const std::string_view owner = word.substr(0, std::min(hash, dot));
  if (dot == word.npos) {
    for (const LayoutInfo* type : types()) {
      const MemberPlace place = hasItself(*type, word) ? memberNamed(*type, word) : MemberPlace{};
      if (!place) continue;
      if (out.type) return {}; // of more than one
      out.type = type;
      out.place = place;
    }
    return out.type ? std::optional(out) : std::nullopt;
  }
  if (hash != word.npos) {
    const std::string_view number = word.substr(hash + 1, dot - hash - 1);
    const std::string_view digits = number.substr(0, number.find('/')); // "sk_buff #7/2": the structure
    out.ordinal = wholeNumber<u32>(digits).value_or(0);
    if (!out.ordinal) return {};
  }
  out.type = layoutNamed(owner);
  if (!out.type) out.global = Symbols::get().dataNamed(owner);
  if (out.global) out.type = layoutNamed(out.global->type);
  if (!out.type) return {};
  out.place = memberNamed(*out.type, word.substr(dot + 1));
  return out.place ? std::optional(out) : std::nullopt;
}

// What the record has objects of, and the structures with which those begin: a tcp_sock is a sock.
const std::vector<const LayoutInfo*>& MomentVocabulary::types() const {
  const auto& all = m_journal.allocations();
  const auto add = [this](const LayoutInfo* type) {
    if (std::ranges::find(m_types, type) == m_types.end()) m_types.push_back(type);
  };
  for (; m_allocations < all.size(); ++m_allocations)
    for (const LayoutInfo* type = layoutOf(all[m_allocations].type); type;) {
      add(type);
      const MemberInfo* first = type->members.empty() ? nullptr : &type->members.front();
      type = first && first->kind == MemberKind::Struct && !first->array && first->size > 16
                 ? layoutNamed(first->target)
                 : nullptr;
    }
  return m_types;
}

std::vector<Name> MomentVocabulary::names() const {
  std::vector<Name> out;
  for (u32 row = 0; row < std::size(OwnNames); ++row) out.push_back(ownName(row));
  const auto packets = PacketVocabulary().names();
  std::ranges::copy_if(packets, std::back_inserter(out),
                       [&](const Name& n) { return kindOf(*find(n.word)) == Kind::Packet; });
  for (const LayoutInfo* type : types()) {
    const std::string owner = std::string(type->name) + '.';
    for (const MemberInfo& m : type->members) {
      if (m.name.starts_with('(')) continue;
      const Text about(std::string(m.type));
      out.push_back({owner + std::string(m.name), Type::Number, about, false, 0, 0});
      for (const MacroName& macro : macroNames())
        if (macro.holder == m.name && (macro.macro.starts_with("sk_") || type->name != "sock"))
          out.push_back({owner + std::string(macro.macro), Type::Number, about, false, 0, 0});
    }
  }
  return out;
}

std::vector<Constant> MomentVocabulary::constants(const Name& name) const {
  static const std::vector<Constant> functions = functionNames();
  if (name.word == "call" || name.word == "returns") return functions;
  return kindOf(name) == Kind::Member ? constantsOf(member(name).place)
                                      : PacketVocabulary().constants(packetName(name));
}

MomentVocabulary::Kind MomentVocabulary::kindOf(const Name& name) {
  if (name.id >= FirstPacket) return Kind::Packet;
  return name.id >= FirstMember ? Kind::Member : OwnNames[name.id].kind;
}

const AskedMember& MomentVocabulary::member(const Name& name) const { return m_members[name.id - FirstMember]; }

Name MomentVocabulary::packetName(Name name) {
  name.id -= name.id >= FirstPacket ? FirstPacket : 0;
  return name;
}

u32 MomentVocabulary::events(const Name& name) {
  switch (kindOf(name)) {
  case Kind::Member: return bitOf(EventType::Write) | bitOf(EventType::Fill);
  case Kind::Packet: return bitOf(EventType::PacketIn) | bitOf(EventType::PacketOut);
  default: return OwnNames[name.id].events;
  }
}

} // namespace sockwalk::tell
