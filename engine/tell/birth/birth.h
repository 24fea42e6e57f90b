// How a thing comes to be that is made of several parts: a socket (socket_alloc with its inode, dentry, file, sock), or a
// packet (sk_buff, its data area, its owner). Which function makes each part, in which order, and which writes tie them
// together: of the whole call, so that what is still to come has its place, too.
#pragma once
#include "engine/base/layer.h"
#include "engine/journal/playhead.h"
#include "engine/tell/buffers/buffer_lives.h"
#include "engine/tell/text.h"
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace sockwalk::tell {

struct BirthPart {
  u64 address = 0;
  std::string name;            // "tcp_sock #1", "data area"
  std::string cache;           // "TCP", "kmalloc-1k"; "" if it is cut from something larger
  u32 size = 0;                // bytes
  std::string within;          // the structures in it: "sock_common ⊂ sock ⊂ inet_sock", "socket + inode"
  std::string maker, asker;    // "kmem_cache_alloc", and the one that wanted it: "sk_prot_alloc"
  Layer layer = Layer::Socket; // of the one that wanted it
  EventIndex born = NoEvent;   // NoEvent: it was there before
  bool there = false;          // at the moment
  Text when;                   // "step 43"
};
// Pointers of one part that lead to another.
struct BirthTie {
  int from = -1, to = -1;
  std::vector<std::string> members; // "sk", "ops"; in the order in which they were set
  EventIndex event = NoEvent;       // the write that sets the first of them
  std::string function;             // that wrote it
  bool done = false;                // at the moment
};
struct Birth {
  std::string subject, call; // "tcp_sock #1", "__sys_socket"
  EventIndex from = 0, to = 0;
  std::vector<BirthPart> parts; // in order of birth; those that were there before come first
  std::vector<BirthTie> ties;
  bool empty() const { return parts.empty(); }
};

// Works out a birth once, and what a moment has of it each time. Of the socket or packet that `focus` lies in; else of the
// one that the moment is about; once chosen it stays, while the playhead is in the call that makes it.
class BirthReader {
public:
  void forget() { *this = {}; } // another record, or it grew
  const Birth& at(const Playhead& playhead, const BufferLives& lives, u64 focus);

private:
  Birth m_birth;
  EventIndex m_born = NoEvent; // of whose birth it is
};

Text titleText(const Birth& birth);   // "Birth of tcp_sock #1 in __sys_socket(): 2 of 4 parts are there"
Text bornText(const BirthPart& part); // "Born at step 43, by kmem_cache_alloc(), for sk_prot_alloc()"
Text tieText(const Birth& birth,
             const BirthTie& tie);          // "sk of socket_alloc #3 points at tcp_sock #1, by sock_init_data()"
std::string membersOf(const BirthTie& tie); // "sk, ops"

std::vector<std::string> lines(const Birth& birth);
nlohmann::json json(const Birth& birth);

} // namespace sockwalk::tell
