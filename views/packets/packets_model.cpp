#include "views/packets/packets_model.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"

namespace sockwalk {

PacketsModel::PacketsModel(QObject* parent) : QAbstractTableModel(parent) {}

void PacketsModel::reset(const scenario::Session* session) {
  beginResetModel();
  if (session) m_rows.open(*session);
  else m_rows.clear();
  m_shown = m_rows.size();
  m_current = -1;
  m_told.clear();
  endResetModel();
  update();
}

void PacketsModel::update() {
  m_told.clear(); // what was undecided may be decided now
  if (m_rows.willJudge()) {
    beginResetModel();
    m_rows.update();
    m_shown = m_rows.size();
    m_current = -1;
    return endResetModel();
  }
  m_rows.update();
  if (m_rows.size() == m_shown) return;
  beginInsertRows({}, m_shown, m_rows.size() - 1);
  m_shown = m_rows.size();
  endInsertRows();
}

QString PacketsModel::numberOf(const tell::PacketRows& rows, int row) {
  if (row < 0) return {};
  return rows.number(row) ? QString::number(rows.number(row)) : QStringLiteral("+");
}

void PacketsModel::setPosition(EventIndex position) {
  const int row = rowBefore(position);
  if (row == m_current) return;
  const int before = std::exchange(m_current, row);
  for (int r : {before, row})
    if (r >= 0 && r < rowCount()) emit dataChanged(index(r, 0), index(r, ColumnCount - 1));
}

ByteView PacketsModel::frame(int row) const { return m_rows.bytes(row); }

bool PacketsModel::dropped(int row) const {
  const auto kind = m_rows.fate(row).kind;
  return kind == tell::PacketFate::Dropped || kind == tell::PacketFate::Refused || kind == tell::PacketFate::Lost;
}

const tell::PacketRow& PacketsModel::told(int row) const {
  if (const tell::PacketRow* known = m_told.object(row)) return *known;
  auto* made = new tell::PacketRow(m_rows.row(row));
  m_told.insert(row, made);
  return *made;
}

QString PacketsModel::cell(int row, int column) const {
  switch (column) {
  case Number: return numberOf(m_rows, row);
  case Time: return QString::number(double(m_rows.time(row)) / 1e9, 'f', 6);
  case Direction: return shown(told(row).way);
  case Interface: return text(told(row).device);
  case Protocol: return text(told(row).protocol);
  case Source: return text(told(row).source);
  case Destination: return text(told(row).destination);
  case Length: return QString::number(told(row).length);
  case Info: return text(told(row).info);
  case OurKernel: return covered(row) ? text(tell::Covers::Hatch) : shown(tell::verdictText(m_rows.verdict(row)));
  case Fate: return shown(told(row).fate);
  default: return {};
  }
}

static Layer layerOfProtocol(const std::string& protocol) {
  if (protocol == "UDP" || protocol == "TCP" || protocol == "ICMP") return Layer::Transport;
  if (protocol == "IPv4" || protocol == "IPv6") return Layer::Ip;
  return Layer::Link;
}

QVariant PacketsModel::colour(int row, int column) const {
  if (column == Fate && dropped(row)) return theme().color(sockwalk::Role::Danger);
  const bool others = !m_rows.comesIn(row) && !m_rows.goesOut(row);
  if (others) return theme().color(sockwalk::Role::Muted);
  if (column == Direction) return theme().layer(Layer::Device).text;
  if (column == Protocol) return theme().layer(layerOfProtocol(told(row).protocol)).text;
  if (column == Number || column == Time || column == Interface) return theme().color(sockwalk::Role::Muted);
  return {};
}

QVariant PacketsModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const int row = index.row(), column = index.column();
  switch (role) {
  case Qt::DisplayRole: return cell(row, column);
  case Qt::ToolTipRole: return cell(row, column); // a narrow column cuts it
  case Qt::TextAlignmentRole:
    return int((column == Number || column == Time || column == Length ? Qt::AlignRight : Qt::AlignLeft) |
               Qt::AlignVCenter);
  case Qt::FontRole: return theme().mono(11, row == m_current ? QFont::Bold : QFont::Normal);
  case Qt::BackgroundRole: return row == m_current ? QVariant(theme().color(sockwalk::Role::AccentTint)) : QVariant();
  case Qt::ForegroundRole: return colour(row, column);
  case EventRole: return eventOf(row);
  case InRole: return m_rows.comesIn(row);
  case CurrentRole: return row == m_current;
  case DroppedRole: return dropped(row);
  case VerdictRole: return int(covered(row) ? tell::Verdict::None : m_rows.verdict(row));
  default: return {};
  }
}

int PacketsModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : m_shown; }
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
  case OurKernel: return tr("our kernel");
  case Fate: return tr("what became of it");
  default: return {};
  }
}

} // namespace sockwalk
