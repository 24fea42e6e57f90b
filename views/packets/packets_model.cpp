#include "views/packets/packets_model.h"
#include "engine/feed/decode.h"
#include "views/theme/theme.h"
#include "views/walk/words.h"
#include <algorithm>

namespace sockwalk {

namespace {
constexpr u16 LoopbackIndex = 1;
}
namespace {

QString text(const std::string& s) { return QString::fromStdString(s); }

// Bases that make this one frame's numbers come out as they were counted when the list was built.
TcpBases basesFor(const FrameHeaders& h, const TcpBases::Relative& shown) {
  TcpBases bases;
  TcpHeader first = *h.tcp;
  first.flags = TcpSyn;
  first.sequence = h.tcp->sequence - shown.sequence;
  bases.relative(*h.ipv4, first);
  Ipv4Header back = *h.ipv4;
  std::swap(back.source, back.destination);
  std::swap(first.source, first.destination);
  first.sequence = h.tcp->acknowledgement - shown.acknowledgement;
  bases.relative(back, first);
  return bases;
}

} // namespace

PacketsModel::PacketsModel(QObject* parent) : QAbstractTableModel(parent) {}

void PacketsModel::reset(const Journal* journal) {
  beginResetModel();
  m_journal = journal;
  m_rows.clear();
  m_bases = {};
  m_done = 0;
  m_current = -1;
  m_summaries.clear();
  m_fates.clear();
  m_devices.clear();
  endResetModel();
  update();
}

void PacketsModel::update() {
  if (!m_journal) return;
  std::vector<Row> fresh;
  for (; m_done < m_journal->size(); ++m_done) {
    const Event& e = (*m_journal)[m_done];
    if (e.type != EventType::PacketIn && e.type != EventType::PacketOut) continue;
    Row row{m_done, e.type == EventType::PacketIn, {0, 0}};
    const FrameHeaders h = parseHeaders(m_journal->frame(e));
    if (h.ipv4 && h.tcp) row.tcp = m_bases.relative(*h.ipv4, *h.tcp);
    fresh.push_back(row);
  }
  m_fates.clear(); // what was undecided may be decided now
  if (fresh.empty()) return;
  beginInsertRows({}, int(m_rows.size()), int(m_rows.size() + fresh.size()) - 1);
  m_rows.insert(m_rows.end(), fresh.begin(), fresh.end());
  endInsertRows();
}

int PacketsModel::rowBefore(EventIndex position) const {
  const auto it = std::partition_point(m_rows.begin(), m_rows.end(), [&](const Row& r) { return r.event < position; });
  return int(it - m_rows.begin()) - 1;
}

void PacketsModel::setPosition(EventIndex position) {
  const int row = rowBefore(position);
  if (row == m_current) return;
  const int before = std::exchange(m_current, row);
  for (int r : {before, row})
    if (r >= 0 && r < rowCount()) emit dataChanged(index(r, 0), index(r, ColumnCount - 1));
}

ByteView PacketsModel::frame(int row) const { return m_journal->frame((*m_journal)[eventOf(row)]); }

const FrameSummary& PacketsModel::summary(int row) const {
  if (const FrameSummary* known = m_summaries.object(row)) return *known;
  const ByteView bytes = frame(row);
  const FrameHeaders h = parseHeaders(bytes);
  TcpBases bases;
  if (h.ipv4 && h.tcp) bases = basesFor(h, m_rows[size_t(row)].tcp);
  auto* made = new FrameSummary(summarize(bytes, u32(bytes.size()), &bases));
  m_summaries.insert(row, made);
  return *made;
}

const PacketFate& PacketsModel::fate(int row) const {
  if (const PacketFate* known = m_fates.object(row)) return *known;
  auto* made = new PacketFate;
  if (m_rows[size_t(row)].in) *made = fateOf(*m_journal, eventOf(row));
  else made->kind = PacketFate::Sent;
  m_fates.insert(row, made);
  return *made;
}

QString PacketsModel::fateText(int row) const {
  const PacketFate& f = fate(row);
  switch (f.kind) {
  case PacketFate::Sent: {
    const int s = m_journal->stimulusAt(eventOf(row));
    if (s < 0) return tr("sent");
    // Without a task that asked for it, something that arrived or fell due made the kernel send.
    const Stimulus& why = m_journal->stimuli()[size_t(s)];
    const bool asked = m_journal->contextAt(why.event).kind == Context::Task;
    return asked ? tr("sent by %1").arg(text(why.text)) : tr("sent by the kernel");
  }
  case PacketFate::Delivered: {
    const FrameSummary& s = summary(row);
    QString to = s.destinationPort ? tr("delivered to %1 port %2").arg(text(s.protocol)).arg(*s.destinationPort)
                                   : tr("delivered to a %1 socket").arg(text(s.protocol));
    return f.answered ? tr("%1, answered").arg(to) : to;
  }
  case PacketFate::Answered: return tr("answered by the kernel");
  case PacketFate::Forwarded: return tr("forwarded");
  case PacketFate::Learned: return tr("taught the neighbour table");
  case PacketFate::Merged: return tr("merged into the packet before (GRO)");
  case PacketFate::Dropped: return tr("dropped: %1").arg(dropReasonText(f.reason));
  case PacketFate::Consumed: return tr("used up by the kernel");
  case PacketFate::Unknown: break;
  }
  return tr("under way");
}

// As it was named when the packet passed, wherever the person stands now.
QString PacketsModel::deviceOf(EventIndex packet) const {
  QString& name = m_devices[Journal::deviceOf((*m_journal)[packet])];
  if (name.isEmpty()) {
    Playhead then(*m_journal);
    then.seek(packet);
    name = deviceName(then, (*m_journal)[packet]);
  }
  return name;
}

QString PacketsModel::portText(int row, bool source) const {
  const FrameSummary& s = summary(row);
  const auto& port = source ? s.sourcePort : s.destinationPort;
  const QString address = text(source ? s.source : s.destination);
  return port ? QStringLiteral("%1:%2").arg(address).arg(*port) : address;
}

QString PacketsModel::cell(int row, int column) const {
  const Row& r = m_rows[size_t(row)];
  switch (column) {
  case Number: return QString::number(row + 1);
  case Time: return QString::number(double(m_journal->timeAt(r.event)) / 1e9, 'f', 6);
  case Direction: // what leaves by lo arrives on it
    return (*m_journal)[r.event].b == LoopbackIndex ? tr("↓↑") : r.in ? tr("↓ in") : tr("↑ out");
  case Interface: return deviceOf(r.event);
  case Protocol: return text(summary(row).protocol);
  case Source: return portText(row, true);
  case Destination: return portText(row, false);
  case Length: return QString::number(summary(row).length);
  case Info: return text(summary(row).info);
  case Fate: return fateText(row);
  default: return {};
  }
}

static Layer layerOfProtocol(const std::string& protocol) {
  if (protocol == "UDP" || protocol == "TCP" || protocol == "ICMP") return Layer::Transport;
  if (protocol == "IPv4" || protocol == "IPv6") return Layer::Ip;
  return Layer::Link;
}

QVariant PacketsModel::data(const QModelIndex& index, int role) const {
  if (!m_journal || !checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const int row = index.row(), column = index.column();
  switch (role) {
  case Qt::DisplayRole: return cell(row, column);
  case Qt::ToolTipRole: return column == Info || column == Fate ? cell(row, column) : QVariant();
  case Qt::TextAlignmentRole:
    return int((column == Number || column == Time || column == Length ? Qt::AlignRight : Qt::AlignLeft) |
               Qt::AlignVCenter);
  case Qt::FontRole: return theme().mono(11, row == m_current ? QFont::Bold : QFont::Normal);
  case Qt::BackgroundRole: return row == m_current ? QVariant(theme().color(sockwalk::Role::AccentTint)) : QVariant();
  case Qt::ForegroundRole:
    if (column == Fate && dropped(row)) return theme().color(sockwalk::Role::Danger);
    if (column == Direction) return theme().layer(Layer::Device).text;
    if (column == Protocol) return theme().layer(layerOfProtocol(summary(row).protocol)).text;
    if (column == Number || column == Time || column == Interface) return theme().color(sockwalk::Role::Muted);
    return {};
  case EventRole: return eventOf(row);
  case InRole: return m_rows[size_t(row)].in;
  case CurrentRole: return row == m_current;
  case DroppedRole: return dropped(row);
  default: return {};
  }
}

int PacketsModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(m_rows.size()); }
int PacketsModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant PacketsModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  switch (section) {
  case Number: return tr("no.");
  case Time: return tr("time, s");
  case Direction: return tr("way");
  case Interface: return tr("device");
  case Protocol: return tr("protocol");
  case Source: return tr("source");
  case Destination: return tr("destination");
  case Length: return tr("bytes");
  case Info: return tr("info");
  case Fate: return tr("what became of it");
  default: return {};
  }
}

} // namespace sockwalk
