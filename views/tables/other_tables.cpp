// Neighbours, and the files that the tasks have open.
#include "views/tables/table_reader.h"

namespace sockwalk::tables {

using namespace sockwalk::kernel;

// ---- neighbours

namespace {

QString hardwareText(const u8* address, u32 length) {
  QStringList out;
  for (u32 i = 0; i < length; ++i) out << QStringLiteral("%1").arg(address[i], 2, 16, QLatin1Char('0'));
  return out.join(':');
}

TableRow neighbourRow(const Reader& r, const neighbour& n, const QString& place) {
  TableRow row;
  row.address = Arena::address(&n);
  row.place = place;
  u32 key;
  std::memcpy(&key, n.primary_key, 4);
  row.key = words("%1 on %2").arg(addressText(key), r.device(n.dev));
  row.object = r.name(&n);
  row.state = constantText("neighbour", "nud_state", n.nud_state, "nud_state %1");
  QStringList detail;
  const bool known = n.nud_state & ~(0x01 | 0x20); // neither INCOMPLETE nor FAILED
  if (known && n.dev.value) detail << words("at %1").arg(hardwareText(n.ha, std::min<u32>(n.dev->addr_len, 32)));
  if (const u32 queued = n.arp_queue.qlen)
    detail << (queued == 1 ? words("1 packet waits") : words("%1 packets wait").arg(queued));
  if (const int probes = n.probes.counter) detail << words("asked %1 times").arg(probes);
  row.detail = detail.join(QStringLiteral(", "));
  if (n.dev.value && n.dev->nd_net.net) row.space = r.space(Arena::address(n.dev->nd_net.net.get()));
  row.mark = r.mark(r.born(&n) || r.step.wrote(&n.dead, 1), r.step.wrote(&n.nud_state, 1) || r.step.wrote(n.ha, 32) ||
                                                                r.step.wrote(&n.arp_queue.qlen, 4) ||
                                                                r.step.wrote(&n.probes, 4));
  return row;
}

} // namespace

KernelTable neighbours(const Reader& r) {
  KernelTable t{"neighbours",
                words("Neighbours"),
                "arp_tbl.nht",
                words("By address and device: at which hardware address somebody on the link is, how fresh that "
                      "knowledge is, and what waits for an answer."),
                {},
                {},
                0};
  const auto* table = r.at.global<neigh_table>("arp_tbl");
  const neigh_hash_table* nht = table ? table->nht.get() : nullptr;
  const u32 buckets = nht && nht->hash_buckets.value ? 1u << std::min(nht->hash_shift, 20u) : 0;
  int entries = 0, used = 0;
  for (u32 i = 0; i < buckets; ++i) {
    int place = 0;
    for (const neighbour* n = r.at.object<kptr<neighbour>>(nht->hash_buckets.value)[i]; n && place < LongestChain;
         n = n->next)
      append(t, neighbourRow(r, *n, bucketText(i, ++place)));
    entries += place;
    used += place > 0;
  }
  t.summary = bucketSummary("1 neighbour", "%1 neighbours", entries, used, buckets);
  return t;
}

// ---- open files

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

} // namespace

void Reader::findOwners() {
  const bool several = live.tasks(at.position()).size() > 1;
  eachFile(*this, [&](const task_struct& task, u32 fd, const kptr<file>& slot) {
    const socket* sock = socketOf(*this, *slot.get());
    if (!sock) return;
    QString& owner = owners[Arena::address(sock)];
    owner += (owner.isEmpty() ? "" : ", ") +
             (several ? words("pid %1 fd %2").arg(task.pid).arg(fd) : words("fd %1").arg(fd));
  });
}

KernelTable openFiles(const Reader& r) {
  KernelTable t{"files",
                words("Open files"),
                "task_struct.files->fdt->fd",
                words("By descriptor: each task's array of pointers to its open files. Two descriptors may point at "
                      "the same file (dup), and two tasks may share one array (threads)."),
                {},
                {},
                0};
  eachFile(r, [&](const task_struct& task, u32 fd, const kptr<file>& slot) {
    const file& f = *slot.get();
    TableRow row;
    row.address = Arena::address(&f);
    row.within = Arena::address(&slot) ^ Arena::address(&task) << 20; // tasks may share the array
    row.place = words("fd %1").arg(fd);
    row.key = words("pid %1 %2")
                  .arg(task.pid)
                  .arg(text({reinterpret_cast<const char*>(task.comm),
                             strnlen(reinterpret_cast<const char*>(task.comm), 16)}));
    row.object = r.name(&f);
    row.state = text(openFlagsText(f.f_flags));
    QStringList detail;
    if (const socket* sock = socketOf(r, f)) {
      detail << r.name(sock);
      if (sock->sk.value) detail << r.name(sock->sk.value);
    } else {
      detail << (f.private_data.value ? r.name(f.private_data.value) : text(pointerText(r.at, f.f_op.value)));
    }
    if (const s64 count = f.f_count.counter; count > 1) detail << words("%1 references").arg(count);
    row.detail = detail.join(QStringLiteral(", "));
    if (task.nsproxy.value) row.space = r.space(task.nsproxy->net_ns.value);
    row.mark = r.mark(r.step.wrote(&slot, 8), r.step.wrote(&f.f_flags, 4) || r.step.wrote(&f.f_count, 8));
    append(t, std::move(row));
  });
  const int tasks = int(r.live.tasks(r.at.position()).size());
  t.summary = t.rows.empty() ? words("empty") : words("%1 descriptors of %2 tasks").arg(t.rows.size()).arg(tasks);
  if (!t.rows.empty() && tasks == 1) t.summary = words("%1 descriptors of 1 task").arg(t.rows.size());
  return t;
}

} // namespace sockwalk::tables
