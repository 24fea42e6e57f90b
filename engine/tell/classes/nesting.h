// How the structures of a socket lie in one another: sock ⊂ inet_sock ⊂ inet_connection_sock ⊂ tcp_sock, one address and five
// types; socket_alloc = socket + inode. And the chain that leads to them from a descriptor: task_struct → files_struct →
// fdtable → file → dentry → inode.
#pragma once
#include "engine/journal/playhead.h"
#include "engine/tell/step_changes.h"
#include "engine/tell/text.h"
#include <nlohmann/json_fwd.hpp>
#include <optional>

namespace sockwalk::tell {

struct NestedMember {
  std::string name, value;
  u64 pointer = 0;      // that it holds
  bool written = false; // by the step
};
struct NestedGroup {
  Text name;
  std::vector<NestedMember> members;
};
struct NestedBox {
  std::string type;     // "inet_sock"
  std::string member;   // what it is called in the one around it: "sk"; "" for the outermost
  u32 from = 0, to = 0; // bytes of the object, to: the last
  std::vector<NestedGroup> groups;
  std::vector<NestedBox> inner;
  bool written() const; // one of its own members
};
struct NestedObject {
  u64 address = 0;
  std::string name, cache; // "tcp_sock #1", "TCP"
  u32 size = 0;
  NestedBox box;
};
struct ChainLink {
  std::string type, detail, member; // "file", "socket_file_ops", by which member the next one is reached
  u64 address = 0;
};
struct Nesting {
  std::vector<ChainLink> chain; // of the first descriptor that leads to the socket; empty if none does
  std::optional<NestedObject> socket, sock;
  bool tied = false; // socket.sk and sock.sk_socket point at one another
  // The pointers between the two, by the member that points; and in words what no arrow shows.
  std::string_view toSock = "sk", toSocket = "sk_socket";
  std::vector<Text> notes;
  bool empty() const { return !socket && !sock; }
};
// Of the socket that `focus` lies in or belongs to, else of the one that the running call was handed, else of the youngest.
Nesting readNesting(const Playhead& at, StepRange step = {}, u64 focus = 0);

std::vector<std::string> lines(const Nesting& nesting);
nlohmann::json json(const Nesting& nesting);

} // namespace sockwalk::tell
