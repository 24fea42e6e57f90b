// One structure as it lies in memory, a row for each member, hole and border of a cache line. Inner structures, arrays
// and anonymous aggregates are branches: the rows in them are made when they are first asked for. What a row says is
// read at the playhead that one asks with; where its bytes lie is the same at any.
#pragma once
#include "engine/tell/structures/subject.h"
#include <memory>

namespace sockwalk::tell {

// A member of an object: relative to its own layout, and where in the arena that layout begins.
struct MemberPlace {
  const LayoutInfo* layout = nullptr; // nullptr: no member (a hole, a border)
  MemberInfo member{};
  u32 base = 0;
  u32 offset() const { return base + member.offset; } // in the arena
  explicit operator bool() const { return layout != nullptr; }
};

// Group: an anonymous union or struct. Theme: members that belong together in a person's mind (groups.h).
enum class RowKind { Member, Group, Hole, Border, Theme };
enum class RowChange { Untouched, Written, Changed }; // by a step
struct StructureRow {
  RowKind kind = RowKind::Member;
  StructureRow* parent = nullptr;
  int index = 0;            // in its parent
  u32 offset = 0, size = 0; // from the subject's base
  MemberInfo member{};      // Member and Group; an array's element has one of its own
  const LayoutInfo* layout = nullptr;
  u32 layoutOffset = 0;        // where `layout` begins, from the subject's base
  int element = -1;            // of an array
  bool inUnion = false;        // shares its bytes with its siblings
  bool branch = false;         // rows are in it
  const char* theme = nullptr; // Theme: its words
  std::string holder;          // in a theme: by which members one comes to it, "icsk_inet.sk.__sk_common"
  bool isMember() const { return kind == RowKind::Member || kind == RowKind::Group; }

private:
  friend class StructureRows;
  bool built = false;
  size_t from = 0, to = 0; // Group: its members, as indices in layout->members
  std::vector<std::unique_ptr<StructureRow>> rows;
};

// As the bytes lie, with holes and cache lines; or by what the members are for.
enum class RowOrder { Memory, Groups };

class StructureRows {
public:
  StructureRows() : StructureRows(StructureSubject{}) {}
  // Of a structure that has no groups, both orders are that of memory.
  explicit StructureRows(const StructureSubject& subject, RowOrder order = RowOrder::Memory);
  const StructureSubject& subject() const { return m_subject; }
  StructureRow& root() const { return *m_root; }
  const std::vector<std::unique_ptr<StructureRow>>& in(StructureRow& row) const;
  bool looked(const StructureRow& row) const { return row.built; } // into it: what is in it has been made
  // The rows on the way to the innermost member that covers a byte, outermost first; empty if none does.
  std::vector<StructureRow*> wayTo(u32 offset) const;
  // To what a step wrote last; of bit-fields in one word, to the one that changed.
  std::vector<StructureRow*> wayTo(const SubjectChanges& changes) const;

  // ---- what a row is
  Text name(const StructureRow& row) const;         // "skc_state", "[3]", "hole, 2 bytes", "cache line 1"
  std::string path(const StructureRow& row) const;  // "icsk_inet.sk.__sk_common.skc_state"
  std::string type(const StructureRow& row) const;  // "unsigned char : 3"
  std::string place(const StructureRow& row) const; // "126", "126:0–2"
  Text room(const StructureRow& row) const;         // "4", "3 b"
  MemberPlace memberOf(const StructureRow& row) const;
  // What the kernel's source calls it by a macro: skc_state is sk_state in a sock.
  std::vector<std::string_view> macros(const StructureRow& row) const;

  // ---- what it is at a moment
  Text value(const Playhead& at, const StructureRow& row) const;
  u64 pointer(const Playhead& at, const StructureRow& row) const; // that a member holds; 0 for anything else
  bool notZero(const Playhead& at, const StructureRow& row) const;
  RowChange change(const SubjectChanges& changes, const StructureRow& row) const;
  Text explanation(const Playhead& at, const StructureRow& row) const; // all of it in words, several lines

private:
  StructureRow& add(StructureRow& into, RowKind kind, u32 offset, u32 size) const;
  StructureRow& addMember(StructureRow& into, const LayoutInfo& layout, u32 layoutOffset, size_t index, size_t to,
                          bool inUnion) const;
  void addThemes();
  StructureRow* covering(StructureRow& in, u32 offset) const;
  void addBorder(StructureRow& into, u32 offset, u32& line) const;
  void addMembers(StructureRow& into, const LayoutInfo& layout, u32 layoutOffset, size_t from, size_t to, int depth,
                  bool isUnion) const;
  void addElements(StructureRow& into) const;
  static bool isBranch(const StructureRow& row);
  Text themeValue(const Playhead& at, const StructureRow& row) const;
  Text explanationOfMember(const Playhead& at, const StructureRow& row) const;

  StructureSubject m_subject;
  std::unique_ptr<StructureRow> m_root;
  mutable Text m_called; // of a buffer: the functions that were called with it, at m_calledAt
  mutable EventIndex m_calledAt = NoEvent;
};

} // namespace sockwalk::tell
