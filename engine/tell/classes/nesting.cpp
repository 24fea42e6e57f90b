#include "engine/tell/classes/nesting.h"
#include "engine/journal/queries.h"
#include "engine/journal/reflection.h"
#include "engine/memory/structures.h"
#include "engine/tell/fields.h"
#include "engine/tell/live_objects.h"
#include "engine/tell/structures/groups.h"
#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>

namespace sockwalk::tell {

namespace {

using namespace kernel;

u64 pointerAt(const Playhead& at, u64 object, std::string_view type, std::string_view member) {
  const Field f = fieldAt(type, member);
  return f ? readUnsigned(at, *f.member, Arena::offsetOf(at.object<u8>(object)) + f.base) : 0;
}

// ---- boxes
class Boxes {
public:
  Boxes(const Playhead& at, const StepChanges& changes) : m_at(at), m_changes(changes) {}

  NestedObject object(const Allocation& a) const {
    const LayoutInfo& layout = *layoutOf(a.type);
    NestedObject out{Arena::addressOf(a.offset), objectOf(a).name, {}, a.size, {}};
    const auto& caches = m_at.journal().caches();
    if (a.cache < caches.size()) out.cache = caches[a.cache].name;
    out.box = box(layout, a.offset, 0, {});
    return out;
  }

private:
  NestedBox box(const LayoutInfo& layout, u32 base, u32 from, std::string_view member) const {
    NestedBox out{std::string(layout.name), std::string(member), from, from + layout.size - 1, {}, {}};
    for (const MemberInfo& m : layout.members) {
      const LayoutInfo* inner = m.kind == MemberKind::Struct && !m.array && !m.depth ? layoutNamed(m.target) : nullptr;
      if (inner && !memberGroups(inner->name).empty())
        out.inner.push_back(box(*inner, base + m.offset, from + m.offset, m.name));
    }
    for (const MemberGroup& group : memberGroups(layout.name)) out.groups.push_back(values(layout, group, base));
    return out;
  }
  NestedGroup values(const LayoutInfo& layout, const MemberGroup& group, u32 base) const {
    NestedGroup out{group.name(), {}};
    for (const std::string_view path : group.members) {
      const Field f = fieldAt(layout.name, path);
      NestedMember m{memberShort(path), valueText(m_at, *f.layout, *f.member, base + f.base), 0,
                     m_changes.wrote(base + f.offset(), f.member->size)};
      if (f.member->kind == MemberKind::Pointer) m.pointer = readUnsigned(m_at, *f.member, base + f.base);
      out.members.push_back(std::move(m));
    }
    return out;
  }

  const Playhead& m_at;
  const StepChanges& m_changes;
};

// ---- which socket
const Allocation* allocationAt(const Playhead& at, u64 address) {
  if (!address) return nullptr;
  for (const Allocation* a : liveAt(at.journal(), at.position()))
    if (a->offset <= static_cast<u32>(address) && static_cast<u32>(address) < a->offset + a->size) return a;
  return nullptr;
}
bool isSock(const Allocation& a) {
  const LayoutInfo* layout = layoutOf(a.type);
  return layout && beginsWith(*layout, "sock_common") && beginsWith(*layout, "sock");
}
bool isSocket(const Allocation& a) {
  const LayoutInfo* layout = layoutOf(a.type);
  return layout && layout->name == "socket_alloc";
}

// A pair: what a program holds, and what the protocol holds; either may be missing.
struct Pair {
  const Allocation *socket = nullptr, *sock = nullptr;
};
Pair pairOf(const Playhead& at, const Allocation& a) {
  Pair pair;
  if (isSock(a)) {
    pair.sock = &a;
    pair.socket = allocationAt(at, pointerAt(at, Arena::addressOf(a.offset), "sock", "sk_socket"));
    if (pair.socket && !isSocket(*pair.socket)) pair.socket = nullptr;
  } else if (isSocket(a)) {
    pair.socket = &a;
    pair.sock = allocationAt(at, pointerAt(at, Arena::addressOf(a.offset), "socket", "sk"));
  } else if (layoutOf(a.type) && layoutOf(a.type)->name == "file") {
    const Allocation* held = allocationAt(at, pointerAt(at, Arena::addressOf(a.offset), "file", "private_data"));
    if (held && isSocket(*held)) return pairOf(at, *held);
  }
  return pair;
}

Pair pairAround(const Playhead& at, u64 focus) {
  const Journal& journal = at.journal();
  if (const Allocation* a = allocationAt(at, focus))
    if (const Pair pair = pairOf(at, *a); pair.socket || pair.sock) return pair;
  for (EventIndex c = at.position() ? journal.callAround(at.position() - 1) : NoEvent; c != NoEvent;
       c = journal.callerOf(c))
    for (const u64 value : journal.arguments(journal[c]))
      if (const Allocation* a = value > 0xffff'8000'0000'0000 ? allocationAt(at, value) : nullptr)
        if (const Pair pair = pairOf(at, *a); pair.socket || pair.sock) return pair;
  const auto alive = liveAt(journal, at.position());
  for (auto a = alive.rbegin(); a != alive.rend(); ++a)
    if (isSocket(**a) || isSock(**a)) return pairOf(at, **a);
  return {};
}

// ---- the chain of a descriptor
std::vector<ChainLink> chainOf(const Playhead& at, u64 file) {
  LiveObjects objects(at.journal());
  objects.update();
  for (const u64 task : objects.tasks(at.position())) {
    const u64 files = pointerAt(at, task, "task_struct", "files");
    const u64 table = files ? pointerAt(at, files, "files_struct", "fdt") : 0;
    if (!table) continue;
    const auto* fdt = at.object<fdtable>(table);
    const u64 array = pointerAt(at, table, "fdtable", "fd");
    for (u32 fd = 0; fd < fdt->max_fds; ++fd) {
      u64 held;
      std::memcpy(&held, at.object<u8>(array + 8 * fd), 8);
      if (held != file) continue;
      const u64 dentry = pointerAt(at, file, "file", "f_path.dentry");
      const auto name = [&](u64 address) { return pointerText(at, address); };
      std::vector<ChainLink> chain = {
          {"task_struct", name(task), "files", task},
          {"files_struct", name(files), "fdt", files},
          {"fdtable", name(table), "fd[" + std::to_string(fd) + "]", table},
          {"file", name(pointerAt(at, file, "file", "f_op")), dentry ? "f_path.dentry" : "", file}};
      if (dentry) chain.push_back({"dentry", name(dentry), "d_inode", dentry});
      return chain;
    }
  }
  return {};
}

} // namespace

bool NestedBox::written() const {
  return std::ranges::any_of(
      groups, [](const NestedGroup& g) { return std::ranges::any_of(g.members, &NestedMember::written); });
}

static std::vector<Text> notesOn(const Nesting& nesting) {
  std::vector<Text> notes = {
      say("SOCKET_I(inode): the address of the inode − %1", offsetIn("socket_alloc", "vfs_inode"))};
  if (!nesting.chain.empty()) {
    notes.emplace_back("file.private_data → socket");
    notes.emplace_back("dentry.d_inode → vfs_inode");
  }
  if (nesting.tied) notes.emplace_back("socket.sk → sock, sock.sk_socket → socket");
  if (nesting.sock && !nesting.sock->box.inner.empty())
    notes.push_back(say("%1: one address, and a type for each box", nesting.sock->box.type));
  return notes;
}

Nesting readNesting(const Playhead& at, StepRange step, u64 focus) {
  Nesting out;
  const StepChanges changes(at.journal(), step);
  const Boxes boxes(at, changes);
  const Pair pair = pairAround(at, focus);
  if (pair.socket) out.socket = boxes.object(*pair.socket);
  if (pair.sock && layoutOf(pair.sock->type)) out.sock = boxes.object(*pair.sock);
  if (!pair.socket) return out;
  const u64 socket = Arena::addressOf(pair.socket->offset);
  if (pair.sock) {
    const u64 sock = Arena::addressOf(pair.sock->offset);
    out.tied = pointerAt(at, socket, "socket", "sk") == sock && pointerAt(at, sock, "sock", "sk_socket") == socket;
  }
  if (const u64 file = pointerAt(at, socket, "socket", "file")) out.chain = chainOf(at, file);
  out.notes = notesOn(out);
  return out;
}

// ---- as words
static void addLines(std::vector<std::string>& out, const NestedBox& box, int depth) {
  const std::string indent(size_t(depth) * 2, ' ');
  out.push_back(indent + "struct " + box.type + (box.member.empty() ? "" : " " + box.member) + "  " +
                std::to_string(box.from) + " … " + std::to_string(box.to));
  for (const NestedBox& inner : box.inner) addLines(out, inner, depth + 1);
  for (const NestedGroup& group : box.groups) {
    std::string line = indent + "  " + spoken(group.name) + ":";
    for (const NestedMember& m : group.members) line += " " + m.name + "=" + m.value;
    out.push_back(std::move(line));
  }
}

std::vector<std::string> lines(const Nesting& nesting) {
  std::vector<std::string> out;
  std::string chain;
  for (const ChainLink& link : nesting.chain)
    chain += link.type + " (" + link.detail + ")" + (link.member.empty() ? "" : " -" + link.member + "→ ");
  if (!chain.empty()) out.push_back(chain);
  for (const auto* object : {&nesting.socket, &nesting.sock}) {
    if (!*object) continue;
    out.push_back((*object)->name + ", " + (*object)->cache + ", " + std::to_string((*object)->size));
    addLines(out, (*object)->box, 1);
  }
  for (const Text& note : nesting.notes) out.push_back(spoken(note));
  return out;
}

static nlohmann::json json(const NestedBox& box) {
  nlohmann::json groups = nlohmann::json::array(), inner = nlohmann::json::array();
  for (const NestedGroup& group : box.groups) {
    nlohmann::json members = nlohmann::json::object();
    for (const NestedMember& m : group.members) members[m.name] = m.value;
    groups.push_back({{"name", english(group.name)}, {"members", members}});
  }
  for (const NestedBox& one : box.inner) inner.push_back(json(one));
  return {{"type", box.type}, {"member", box.member}, {"from", box.from},
          {"to", box.to},     {"groups", groups},     {"inner", inner}};
}

nlohmann::json json(const Nesting& nesting) {
  nlohmann::json chain = nlohmann::json::array(), objects = nlohmann::json::array();
  for (const ChainLink& link : nesting.chain)
    chain.push_back({{"type", link.type}, {"detail", link.detail}, {"member", link.member}});
  for (const auto* object : {&nesting.socket, &nesting.sock})
    if (*object)
      objects.push_back({{"name", (*object)->name},
                         {"cache", (*object)->cache},
                         {"size", (*object)->size},
                         {"box", json((*object)->box)}});
  return {{"chain", chain}, {"objects", objects}, {"tied", nesting.tied}};
}

} // namespace sockwalk::tell
