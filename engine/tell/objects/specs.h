// Which kinds of objects the object graph shows, and which of their members matter there. A table, so that adding a
// kind or a member is a line.
#pragma once
#include "engine/base/layer.h"
#include "engine/tell/fields.h"
#include "engine/tell/text.h"
#include <span>

namespace sockwalk::tell {

// What a line of a card is called: a member by its name, or something that has none by words.
struct Label {
  const char* text;
  bool words = false;
  constexpr Label(const char* member) : text(member) {}
  constexpr Label(Words said) : text(said.english), words(true) {}
  Text shown() const { return words ? say(TableWords{text}) : Text(text); }
};

// One line of a card.
struct RowSpec {
  enum Form : u8 {
    Value,    // as reflection reads it
    Number,   // the integer at that place (reference counts lie in structures of their own)
    Mode,     // a file's mode, octal
    Flags,    // open flags
    Queue,    // a list of sk_buffs: its length, and an arrow to the first
    Port,     // a port in network byte order
    Tree,     // the root of a red-black tree: how many are on it, and an arrow to its top
    Colour,   // a tree node's colour, which shares a word with the pointer to its parent
    List,     // a list_head: how many are on it, and an arrow to the first
    Link,     // a list_head inside an element: an arrow to the next, while there is one
    Chain,    // of a hash chain, which may end with an odd number instead of NULL
    Sequence, // a TCP segment's range of sequence numbers, and its flags, in skb->cb
    Waiters,  // a wait queue: which tasks sleep there, or whose function is called
    Events,   // EPOLLIN and its like
    Passed,   // the open files that a message of a local socket carries: UNIXCB(skb).fp, in skb->cb
    Space,    // a network namespace; the first one goes without saying
  };
  // Pointers of an sk_buff that share their place: those of a list, or those of a tree.
  enum Where : u8 { Anywhere, OnList, OnTree };
  Label label;
  const char* path; // members from the structure on, by dots
  Form form = Value;
  bool back = false;        // points to where one came from: drawn faintly
  bool quiet = false;       // not shown while it is empty and the step did not touch it
  const char* of = nullptr; // the path begins in this larger structure; only its objects have the row
  Where where = Anywhere;
};

// A kind of object, or a part of one that has a card of its own (the socket and the inode in a socket_alloc).
struct CardSpec {
  const char* type;   // structure whose members the rows name
  const char* holder; // structure that it is a part of; nullptr: it stands alone
  const char* part;   // its member there
  Layer layer;
  int column; // where it stands, left to right: a kind keeps its place whoever is born beside it
  std::span<const RowSpec> rows;
  bool base = false;            // larger structures that begin with `type` are shown by this card too
  const char* living = nullptr; // a counter of the part: while it is 0 there is nobody there
  const char* prefix = nullptr; // of the object's name, where two parts of it have the same type
};
std::span<const CardSpec> cardSpecs();

// The cards that an object of this type is shown as; empty: none. A tcp_sock is shown as a sock.
std::vector<const CardSpec*> specsFor(TypeId type);

// The member that a row shows.
Field fieldOf(const RowSpec& row, const CardSpec& card);

} // namespace sockwalk::tell
