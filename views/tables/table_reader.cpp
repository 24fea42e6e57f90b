#include "views/tables/table_reader.h"
#include "views/walk/words.h"
#include <algorithm>
#include <cstring>

namespace sockwalk {

namespace {

constexpr EventIndex LongestStep = 200000; // events of one step that are looked through

TypeId typeOf(const char* name) {
  const LayoutInfo* layout = layoutNamed(name);
  return layout ? static_cast<TypeId>(layout - layouts().data()) : TypeNone;
}

} // namespace

// ---- what a step did

StepChanges::StepChanges(const Journal& journal, EventIndex from, EventIndex to) {
  if (to - from > LongestStep) from = to - LongestStep;
  for (EventIndex i = from; i < to; ++i) {
    const Event& e = journal[i];
    if (e.type == EventType::Alloc) m_births.push_back(e.where);
    if (e.type != EventType::Write && e.type != EventType::Fill) continue;
    const auto c = journal.change(e);
    m_writes.push_back({c.offset, c.offset + c.size});
  }
  std::sort(m_writes.begin(), m_writes.end());
  std::sort(m_births.begin(), m_births.end());
}

bool StepChanges::wrote(u32 offset, u32 size) const {
  // Long fills are few: those that begin before are looked at one by one, the nearest first.
  auto it = std::lower_bound(m_writes.begin(), m_writes.end(), std::pair<u32, u32>{offset + size, 0});
  for (int back = 0; it != m_writes.begin() && back < 256; ++back)
    if ((--it)->second > offset) return true;
  return false;
}
bool StepChanges::born(u32 offset) const { return std::binary_search(m_births.begin(), m_births.end(), offset); }

// ---- who lives

void LiveObjects::reset(const Journal* journal) {
  *this = {};
  m_journal = journal;
  update();
}

void LiveObjects::update() {
  if (!m_journal) return;
  static const TypeId task = typeOf("task_struct"), net = typeOf("net");
  const auto& all = m_journal->allocations();
  for (; m_done < all.size(); ++m_done) {
    if (all[m_done].type == task) m_tasks.push_back(u32(m_done));
    if (all[m_done].type == net) m_nets.push_back(u32(m_done));
  }
}

std::vector<u64> LiveObjects::alive(const std::vector<u32>& allocations, EventIndex position) const {
  std::vector<u64> out;
  for (u32 index : allocations) {
    const Allocation& a = m_journal->allocations()[index];
    if (a.born >= position) break;
    if (a.died >= position) out.push_back(Arena::addressOf(a.offset));
  }
  return out;
}

std::vector<u64> LiveObjects::namespaces(EventIndex position) const {
  std::vector<u64> out = alive(m_nets, position);
  if (const DataSymbol* first = Symbols::get().dataNamed("init_net"))
    out.insert(out.begin(), Arena::addressOf(first->offset));
  return out;
}

// ---- words

namespace tables {

QString addressText(u32 a) {
  return QStringLiteral("%1.%2.%3.%4").arg(a & 255).arg(a >> 8 & 255).arg(a >> 16 & 255).arg(a >> 24);
}
QString endpointText(u32 address, u16 port) {
  return QStringLiteral("%1:%2").arg(address ? addressText(address) : QStringLiteral("*"),
                                     port ? QString::number(port) : QStringLiteral("*"));
}
QString bucketText(u32 bucket, int place) {
  const QString first = QStringLiteral("[%1]").arg(bucket);
  if (place <= 1) return first;
  const QString th = place == 2 ? words("2nd") : place == 3 ? words("3rd") : words("%1th").arg(place);
  return first + ' ' + th;
}
QString constantText(const char* structure, const char* member, s64 value, const char* orElse) {
  const auto name = memberConstant(structure, member, value);
  return name ? text(*name) : QString::fromLatin1(orElse).arg(value);
}

QString Reader::name(u64 address) const {
  const ObjectRef object = objectAt(at, address);
  return object ? text(object.name) : text(sockwalk::addressText(address));
}
QString Reader::device(const kernel::net_device* dev) const {
  if (!dev) return QStringLiteral("?");
  const char* name = reinterpret_cast<const char*>(dev->name);
  return QString::fromLatin1(name, qsizetype(strnlen(name, sizeof dev->name)));
}

QString Reader::space(u64 net) const {
  const QString named = networkName(at, net);
  return named.isEmpty() ? name(net) : named;
}

void append(KernelTable& table, TableRow row) {
  if (table.rows.size() < MostRows) table.rows.push_back(std::move(row));
  else ++table.more;
}

QString bucketSummary(const char* one, const char* many, int entries, int used, u64 buckets) {
  if (!buckets) return words("not laid out yet");
  if (!entries) return words("empty, %L1 buckets").arg(buckets);
  return words("%1 in %L2 of %L3 buckets")
      .arg(entries == 1 ? words(one) : words(many).arg(entries))
      .arg(used)
      .arg(buckets);
}

} // namespace tables

// ---- all of them

std::vector<KernelTable> readTables(const Playhead& at, const LiveObjects& live, const StepChanges& step) {
  using namespace tables;
  Reader reader{at, live, step, {}};
  reader.findOwners();
  std::vector<KernelTable> out;
  for (auto* read : {tcpConnections, tcpListeners, tcpPorts, tcpAddresses, udpPorts, udpAddresses, rawSockets,
                     pingSockets, routes, routeExceptions, neighbours, netfilterHooks, openFiles})
    out.push_back(read(reader));
  const bool several = live.namespaces(at.position()).size() > 1;
  for (KernelTable& table : out)
    for (TableRow& row : table.rows)
      if (!several) row.space.clear(); // there is only one: no word of it
  return out;
}

QString tablesText(const std::vector<KernelTable>& tables) {
  QString out;
  for (const KernelTable& t : tables) {
    out += QStringLiteral("%1 (%2): %3\n").arg(t.title, t.symbol, t.summary);
    for (const TableRow& r : t.rows) {
      QStringList cells{r.place, r.key, r.object, r.state, r.detail, r.space};
      cells.removeAll(QString());
      out += QString(2 + 2 * r.indent, ' ') + cells.join(QStringLiteral(" | "));
      out += r.mark == RowMark::New ? " (new)\n" : r.mark == RowMark::Changed ? " (changed)\n" : "\n";
    }
  }
  return out;
}

} // namespace sockwalk
