// Nobody reads a raw number that has a name: every argument of every function is known for what it is, and no record of
// a sample, walk or lesson shows a number where the kernel's source would write a word.
#include "engine/memory/constants.h"
#include "engine/scenario/session.h"
#include "engine/tell/arguments.h"
#include "engine/tell/members.h"
#include "engine/tell/moments.h"
#include <algorithm>
#include <filesystem>
#include <gtest/gtest.h>
#include <set>

using namespace sockwalk;
using kernel::NoteArgument;
using kernel::NoteKind;

namespace {

std::vector<std::string> records() {
  std::vector<std::string> out;
  for (const char* folder : {"assets/walks", "assets/captures", "lessons"})
    for (auto& entry : std::filesystem::recursive_directory_iterator(std::string(SOCKWALK_SOURCE_ROOT "/") + folder)) {
      const std::string kind = entry.path().extension().string();
      if (std::string(folder) == "lessons" && kind == ".pkt" && entry.path().filename() != "scenario.pkt")
        continue; // of a lab: played where lessons are checked
      if (kind == ".pkt" || kind == ".pcap" || kind == ".pcapng") out.push_back(entry.path().string());
    }
  std::sort(out.begin(), out.end());
  return out;
}

bool isNumber(const std::string& text) {
  const size_t sign = text.starts_with('-') ? 1 : 0;
  return text.size() > sign && std::all_of(text.begin() + long(sign), text.end(), [](char c) { return isdigit(c); });
}

// Whether this text says of a value of this kind what it is. Of flags, none at all is 0.
bool isNamed(const NoteArgument& kind, u64 value, const std::string& text) {
  switch (kind.kind) {
  case NoteKind::Constant: {
    const ConstantGroup* group = constantGroup(kind.group.substr(0, kind.group.find('|')));
    // A lesson asks for a family, and for a protocol, that is not there.
    const bool unknown = group && ((group->name == "families" && value > 46) || (value == 300 && text == "300"));
    const bool mayBePlain = !group || unknown || (group->flags && !value) || group->name == "tcp_script";
    return mayBePlain || (!isNumber(text) && text.find("0x") == text.npos);
  }
  case NoteKind::Address: return std::count(text.begin(), text.end(), '.') == 3;
  case NoteKind::Boolean: return text == "true" || text == "false";
  case NoteKind::Error: return s64(value) >= 0 || s64(value) < -4095 || !isNumber(text);
  case NoteKind::Errno: return !value || !isNumber(text);
  case NoteKind::DropResult: return s64(value) >= 0 || !isNumber(text);
  case NoteKind::EtherType:
  case NoteKind::NetworkEtherType: return text.find("ETH_P_") == 0 || text.find("0x") == 0;
  case NoteKind::Object:
  case NoteKind::Task:
  case NoteKind::Icmp:
  case NoteKind::IcmpType:
  case NoteKind::ControlMessage:
  case NoteKind::SocketType: return !isNumber(text) || value == 12; // ... and for a type
  case NoteKind::OpenFlags: return !isNumber(text);
  default: return true;
  }
}

// Values are named at their own moments; what is found is told once for each place.
class Walker {
public:
  explicit Walker(const Journal& journal) : m_journal(journal), m_at(journal) {}
  std::set<std::string> raw;
  int named = 0;

  void walk() {
    for (EventIndex i = 0; i < m_journal.size(); ++i) {
      const Event& e = m_journal[i];
      if (e.type != EventType::Call && e.type != EventType::Return && e.type != EventType::Note &&
          e.type != EventType::Write)
        continue;
      m_at.seek(i + 1);
      if (e.type == EventType::Call) call(e);
      if (e.type == EventType::Return && e.a) result(e);
      if (e.type == EventType::Note) note(e);
      if (e.type == EventType::Write) write(e);
    }
  }

private:
  void check(const std::string& where, const NoteArgument& kind, u64 value, const std::string& text) {
    ++named;
    if (!isNamed(kind, value, text)) raw.insert(where + " is told as " + text);
  }
  void call(const Event& e) {
    const FunctionInfo& f = m_journal.function(e);
    const auto values = m_journal.arguments(e);
    for (size_t i = 0; i < values.size(); ++i)
      if (const auto kind = tell::argumentKind(f, values, i))
        check(std::string(f.name) + '(' + tell::argumentName(f, i) + ')', *kind, values[i],
              tell::argumentValue(m_at, f, values, i));
  }
  void result(const Event& e) {
    const Event& begin = m_journal[e.where];
    const FunctionInfo& f = m_journal.function(begin);
    const auto kind = tell::resultKind(f, m_journal.arguments(begin));
    if (kind)
      check(std::string(f.name) + "()", *kind, e.data, tell::resultValue(m_at, f, m_journal.arguments(begin), e.data));
  }
  void note(const Event& e) {
    const kernel::NoteText& note = kernel::noteText(Symbols::get().notes()[e.b]->name);
    const auto values = m_journal.arguments(e);
    for (size_t i = 0; i < note.arguments; ++i)
      check(std::string(note.id) + ", argument " + std::to_string(i + 1), note.kinds[i], values[i],
            tell::english(tell::valueName(m_at, note.kinds[i], values, i)));
  }

  // Members whose values have names, by the table of constants.
  void write(const Event& e) {
    const auto c = m_journal.change(e);
    if (c.size > 8 || !c.oldBytes || !c.newBytes) return;
    const tell::NamedMember in = tell::memberWritten(m_at, Arena::addressOf(c.offset), c.size, c.oldBytes, c.newBytes);
    if (!in.layout || !in.member || c.size < in.member->size) return;
    const std::string member = std::string(in.layout->name) + '.' + std::string(in.member->name);
    for (const ConstantGroup& group : constantGroups()) {
      if (std::ranges::find(group.members, member) == group.members.end()) continue;
      const std::string text = tell::memberValue(m_at, in, c.newBytes, c.size);
      ++named;
      constexpr std::string_view open[] = {"tcp_script", "sleep", "ether_types", "registration"}; // have names for some
      const bool mayBePlain =
          group.flags || group.bits || std::ranges::find(open, group.name) != std::end(open) || text == "0";
      if (isNumber(text) && !mayBePlain) raw.insert(member + " is told as " + text);
    }
  }

  const Journal& m_journal;
  Playhead m_at;
};

class EveryRecord : public ::testing::TestWithParam<std::string> {};

TEST_P(EveryRecord, ShowsNoRawNumberThatHasAName) {
  auto session = scenario::Session::openFile(GetParam());
  ASSERT_TRUE(session) << session.error().message;
  (*session)->runAll();
  Walker walker((*session)->journal());
  walker.walk();
  EXPECT_GT(walker.named, (*session)->machine().era() == Era::Linux26 ? 200 : 1000);
  for (const std::string& where : walker.raw) ADD_FAILURE() << where;
}
INSTANTIATE_TEST_SUITE_P(Names, EveryRecord, ::testing::ValuesIn(records()), [](auto& record) {
  std::string name = std::filesystem::path(record.param).lexically_relative(SOCKWALK_SOURCE_ROOT).string();
  for (char& c : name)
    if (!isalnum(static_cast<unsigned char>(c))) c = '_';
  return name;
});

// Other tests of this program have functions of their own.
std::vector<const FunctionInfo*> kernelFunctions() {
  std::vector<const FunctionInfo*> out;
  for (const FunctionInfo* f : Symbols::get().functions())
    if (f->file.starts_with("engine/kernel")) out.push_back(f);
  return out;
}

TEST(Names, EveryArgumentOfEveryFunctionIsKnownForWhatItIs) {
  EXPECT_GT(kernelFunctions().size(), 1000u);
  for (const FunctionInfo* f : kernelFunctions()) {
    const std::vector<u64> none(f->argumentTypes.size());
    for (size_t i = 0; i < none.size(); ++i) {
      const bool known = !f->argumentTypes[i].empty() || tell::argumentKind(*f, none, i);
      EXPECT_TRUE(known) << f->name << "(" << tell::argumentName(*f, i) << "): engine/tell/arguments.tsv lacks it";
    }
  }
}

// Names that mean the same wherever they stand: a number under one of them is a mistake of the table.
TEST(Names, WhatAlwaysHasANameIsNoNumber) {
  const std::set<std::string> always = {"family", "saddr",    "daddr", "sport", "dport", "gfp_mask",
                                        "cap",    "reason",   "state", "level", "cmd",   "how",
                                        "gfp",    "priority", "scope", "flags", "mode",  "features"};
  int seen = 0;
  for (const FunctionInfo* f : kernelFunctions()) {
    const std::vector<u64> none(f->argumentTypes.size());
    for (size_t i = 0; i < none.size(); ++i) {
      const auto kind = tell::argumentKind(*f, none, i);
      if (!kind || !always.contains(tell::argumentName(*f, i)) || f->name == "sk_filter_trim_cap") continue; // bytes
      ++seen;
      EXPECT_NE(int(kind->kind), int(NoteKind::Number)) << f->name << "(" << tell::argumentName(*f, i) << ")";
    }
  }
  EXPECT_GT(seen, 200);
}

// What the walk above can find: a number in the place of a name is told.
TEST(Names, ARawNumberIsFound) {
  EXPECT_FALSE(isNamed({NoteKind::Constant, "tcp_states"}, 10, "10"));
  EXPECT_TRUE(isNamed({NoteKind::Constant, "tcp_states"}, 10, "TCP_LISTEN"));
  EXPECT_FALSE(isNamed({NoteKind::Constant, "allocation"}, 3264, "0x80|0x40"));
  EXPECT_TRUE(isNamed({NoteKind::Constant, "allocation"}, 0, "0"));
  EXPECT_FALSE(isNamed({NoteKind::Address}, 16802570, "16802570"));
  EXPECT_FALSE(isNamed({NoteKind::Error}, u64(-104), "-104"));
}

} // namespace
