// The files that the tasks have open, and so whose a socket is.
#include "engine/tell/tables/reader.h"
#include <algorithm>
#include <cstring>

namespace sockwalk::tell::tables {

using namespace sockwalk::kernel;

namespace {

template <class Each> void eachFile(const Reader& r, Each&& each) {
  for (u64 address : r.live.tasks(r.at.position())) {
    const auto* task = r.at.object<task_struct>(address);
    const files_struct* files = task->files;
    const fdtable* fdt = files ? files->fdt.get() : nullptr;
    const u32 count = fdt && fdt->fd.value ? std::min(fdt->max_fds, 4096u) : 0;
    for (u32 fd = 0; fd < count; ++fd) {
      const auto& slot = r.at.object<kptr<file>>(fdt->fd.value)[fd];
      if (slot.value) each(*task, fd, slot);
    }
  }
}

const socket* socketOf(const Reader& r, const file& f) {
  const DataSymbol* ops = Symbols::get().dataNamed("socket_file_ops");
  const bool is = ops && f.f_op.value == Arena::addressOf(ops->offset) && f.private_data.value;
  return is ? r.at.object<socket>(f.private_data.value) : nullptr;
}

std::string fdName(u32 fd) { return "fd " + std::to_string(fd); }
std::string taskName(const task_struct& task) {
  const char* name = reinterpret_cast<const char*>(task.comm);
  return "pid " + std::to_string(task.pid) + ' ' + std::string(name, strnlen(name, sizeof task.comm));
}

Text fileDetail(const Reader& r, const file& f) {
  const s64 count = f.f_count.counter;
  const Text references = count > 1 ? say("%1 references", count) : Text();
  const socket* sock = socketOf(r, f);
  if (!sock) return Text::list(", ", {r.name(f.private_data.value ? f.private_data.value : f.f_op.value), references});
  return Text::list(", ", {r.name(sock), sock->sk.value ? Text(r.name(sock->sk.value)) : Text(), references});
}

} // namespace

void Reader::findOwners() {
  const bool several = live.tasks(at.position()).size() > 1;
  eachFile(*this, [&](const task_struct& task, u32 fd, const kptr<file>& slot) {
    const socket* sock = socketOf(*this, *slot.get());
    if (!sock) return;
    Text& owner = owners[Arena::address(sock)];
    const std::string whose = several ? "pid " + std::to_string(task.pid) + ' ' + fdName(fd) : fdName(fd);
    owner = Text::list(", ", {owner, whose});
  });
}

KernelTable openFiles(const Reader& r) {
  KernelTable t =
      tableOf("files", say("Open files"), "task_struct.files->fdt->fd",
              say("By descriptor: each task's array of pointers to its open files. Two descriptors may point "
                  "at the same file (dup), and two tasks may share one array (threads)."));
  eachFile(r, [&](const task_struct& task, u32 fd, const kptr<file>& slot) {
    const file& f = *slot.get();
    TableRow row;
    row.address = Arena::address(&f);
    row.within = Arena::address(&slot) ^ Arena::address(&task) << 20; // tasks may share the array
    if (r.inWords) {
      row.place = fdName(fd);
      row.key = taskName(task);
      row.object = r.name(&f);
      row.state = openFlagsText(f.f_flags);
      row.detail = fileDetail(r, f);
    }
    if (task.nsproxy.value) row.space = r.space(task.nsproxy->net_ns.get());
    row.mark = r.mark(r.step.wrote(&slot, 8), r.step.wrote(&f.f_flags, 4) || r.step.wrote(&f.f_count, 8));
    append(t, std::move(row));
  });
  const auto tasks = r.live.tasks(r.at.position()).size();
  const s64 all = s64(t.rows.size()) + t.more;
  t.summary =
      !all ? say("empty")
           : say("%1 of %2", counted("1 descriptor", "%1 descriptors", all), counted("1 task", "%1 tasks", s64(tasks)));
  return t;
}

} // namespace sockwalk::tell::tables
