// Who holds a value: which members of the objects that live at a moment, and of the kernel's own data, have a name or hold
// a value ("sk_state", "sk_state = TCP_ESTABLISHED", "10.1.0.2", "8080", "0xffff88800a1b2c70"); who points at an object
// ("tcp_sock #1"); where bytes lie that are no member's alone ("47 45 54 20", "\"GET\"").
//
//   MemberSearch search(playhead, "8080", 1000);
//   while (!search.atEnd()) search.advance(1 << 20);     // or a piece now and then, and progress() meanwhile
#pragma once
#include "engine/tell/structures/memory_search.h"
#include "engine/tell/structures/rows.h"
#include <nlohmann/json_fwd.hpp>
#include <optional>

namespace sockwalk::tell {

struct FoundMember {
  u64 address = 0;            // of the member
  std::string object, member; // "tcp_sock #1", "sk_state" or the member's path; "" in bytes that have no members
  Text value;
  std::string type; // of the object: "tcp_sock"; "": plain bytes
  Text how;         // "in the other byte order", "byte 36, in network byte order"; empty: it is simply so
};

// A member that is one value, wherever it lies in a structure.
struct SearchedLeaf {
  std::string path;
  std::vector<std::string_view> names; // those that the kernel's source has for it, and its own at last
  MemberPlace place;                   // from the beginning of the whole
};

// Members come first, the oldest object's before the others', then bytes that have no members. A number is sought in
// either byte order. The playhead must stay where it is meanwhile.
class MemberSearch {
public:
  // Ends when it has found so many.
  MemberSearch(const Playhead& at, std::string_view wish, size_t most);
  const Text& refusal() const { return m_refusal; } // why this cannot be sought; empty: it can
  void advance(u64 bytes);                          // looks through about so many bytes of memory more
  bool atEnd() const { return m_next >= m_pieces.size() || isFull(); }
  bool isFull() const { return m_found.size() >= m_most; } // there may be more
  double progress() const;                                 // 0 to 1
  u64 looked() const { return m_looked; }                  // bytes
  const std::vector<FoundMember>& found() const { return m_found; }

private:
  // An object, or an array of them; without a layout plain bytes.
  struct Piece {
    u32 offset = 0, size = 0;
    const LayoutInfo* layout = nullptr;
  };
  void readWish(std::string_view wish);
  void readAlone();
  void readValue();
  void gather();
  u32 look(const Piece& piece); // from m_inside on; gives how many bytes it has looked through
  void lookInto(const LayoutInfo& layout, u32 base);
  void lookAtLeaf(const SearchedLeaf& leaf, const LayoutInfo& layout, u32 base);
  u32 lookThroughBytes(const Piece& piece);
  u32 lookForPointers(const Piece& piece);
  // Which object a byte belongs to: where one only holds others (a socket and its inode), the one of those.
  struct Owner {
    std::string name;
    const LayoutInfo* layout;
    u32 base;
  };
  Owner ownerOf(const LayoutInfo& layout, u32 base, u32 offset) const;
  void addBytes(const Piece& piece, u32 inside, u32 size, const Text& how);
  std::string_view nameOf(const SearchedLeaf& leaf) const;
  bool holdsValue(const MemberPlace& place) const;
  bool holdsTurned(const MemberPlace& place) const;
  bool pointsThere(const MemberPlace& place) const;
  bool isThere(u64 pointer) const { return pointer >= m_from && pointer < m_to; }

  const Playhead& m_at;
  const size_t m_most;
  Text m_refusal;
  std::string m_name, m_value, m_lower; // of a member, what it shall hold; one alone: ""
  std::optional<s64> m_number, m_address;
  u64 m_from = 0, m_to = 0;            // addresses that are pointed at
  std::vector<u8> m_bytes;             // sought in everything
  std::vector<BytePattern> m_patterns; // sought in plain bytes
  std::vector<Piece> m_pieces;
  size_t m_next = 0; // piece
  u32 m_inside = 0;  // bytes of it are behind us
  u32 m_inPiece = 0; // finds in its bytes
  u64 m_looked = 0, m_all = 0;
  std::vector<FoundMember> m_found;
};

// All at once, at most so many; nothing of what cannot be sought.
std::vector<FoundMember> findMembers(const Playhead& at, std::string_view wish, size_t limit);

// What is found, for one who asks by `sockwalk tell FILE find VALUE`.
std::vector<std::string> lines(const std::vector<FoundMember>& found);
nlohmann::json json(const std::vector<FoundMember>& found);

} // namespace sockwalk::tell
