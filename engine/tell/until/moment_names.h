// The names by which a moment of the record is asked for: what happens in it ("call", "drop", "sleeps"), how members are
// ("sock.sk_state", "tcp_sock#1.snd_cwnd"), and those of the packet that it is about (packets/packet_names.h).
#pragma once
#include "engine/tell/packets/packet_names.h"
#include "engine/tell/structures/member_path.h"
#include <deque>
#include <map>

namespace sockwalk::tell {

// A member of whatever object of a type, or of one object.
struct AskedMember {
  const LayoutInfo* type = nullptr; // in which the path begins
  u32 ordinal = 0;                  // "tcp_sock #1": 1; 0: any of its type, or a global
  const DataSymbol* global = nullptr;
  MemberPlace place; // from the beginning of the type
  bool ofOne() const { return ordinal || global; }
};

class MomentVocabulary final : public expression::Vocabulary {
public:
  explicit MomentVocabulary(const Journal& journal) : m_journal(journal) {}
  std::optional<expression::Name> find(std::string_view word) const override;
  std::vector<expression::Name> names() const override; // members only of the types that live in the record
  std::vector<expression::Constant> constants(const expression::Name& name) const override;

  // ---- what a name of this vocabulary is
  enum class Kind : u8 { Happens, Member, State, Packet };
  static Kind kindOf(const expression::Name& name);
  const AskedMember& member(const expression::Name& name) const;
  static expression::Name packetName(expression::Name name); // as PacketItem knows it
  // The types of event, as bits, with which what the name says can begin to hold.
  static u32 events(const expression::Name& name);

private:
  std::optional<expression::Name> memberWord(std::string_view word) const;
  std::optional<AskedMember> asked(std::string_view word) const;
  const std::vector<const LayoutInfo*>& types() const;

  const Journal& m_journal;
  mutable std::vector<AskedMember> m_members; // those that were found, by the name's id
  mutable std::vector<const LayoutInfo*> m_types;
  mutable size_t m_allocations = 0; // of the record: those whose types are known
};

constexpr u32 bitOf(EventType type) { return 1u << static_cast<u32>(type); }

// The packet that an event is about: it comes or goes with it, is dropped, or its buffer is handed to a function.
class PacketsOfMoments {
public:
  explicit PacketsOfMoments(const scenario::Session& session);
  bool update(EventIndex events);       // reads on, at most so many; true: all that is recorded has been read
  int rowAt(EventIndex event) const;    // -1: it is about none
  u64 bufferAt(EventIndex event) const; // in which the packet is then; 0: it is on its way to or from the machine
  PacketItem& item() const { return *m_item; }
  const PacketRows& rows() const { return m_rows; }

private:
  void nameLives();
  const Journal& m_journal;
  PacketRows m_rows;
  PacketFunctions m_functions;
  std::unique_ptr<PacketItem> m_item;
  EventIndex m_read = 0;
  std::unordered_map<int, int> m_packetOf; // by life of its buffer
};

// An event of the record, with memory as it is after it or was before it.
class MomentItem final : public expression::Item {
public:
  MomentItem(const Journal& journal, const MomentVocabulary& vocabulary, const PacketsOfMoments* packets);
  void show(EventIndex event, bool after);
  // Members of whatever object that are asked for together are read wherever the object is written, not only they.
  void readTogether(bool together) { m_together = together; }
  void values(const expression::Name& name, expression::Values& out) const override;
  const Playhead& memory() const { return m_memory; }

private:
  void happening(const expression::Name& name, expression::Values& out) const;
  void member(const AskedMember& asked, expression::Values& out) const;
  void memberAt(const AskedMember& asked, u32 base, expression::Values& out) const;
  void ofObject(const AskedMember& asked, u32 offset, bool touched, expression::Values& out) const;
  const std::vector<u32>& placesIn(const LayoutInfo& layout, const LayoutInfo& wanted) const;
  const Allocation* objectOf(const AskedMember& asked) const;
  void line(expression::Values& out) const;
  void packet(const expression::Name& name, int row, expression::Values& out) const;
  void takeFromBuffer(u64 buffer) const;

  const Journal& m_journal;
  const MomentVocabulary& m_vocabulary;
  const PacketsOfMoments* m_packets;
  mutable Playhead m_memory;
  EventIndex m_event = 0;
  bool m_after = true, m_together = false;
  mutable std::deque<std::string> m_texts; // that values look at; of this moment
  mutable std::vector<u8> m_frame;
  // What is asked at every write is looked up once.
  mutable std::map<std::pair<const LayoutInfo*, const LayoutInfo*>, std::vector<u32>> m_places;
  mutable std::map<std::pair<const LayoutInfo*, u32>, u32> m_objects; // by type and ordinal: its allocation
};

} // namespace sockwalk::tell
