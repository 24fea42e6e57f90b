#include "views/packets/packets_filter.h"
#include "views/packets/packets_model.h"
#include <algorithm>
#include <QElapsedTimer>

namespace sockwalk {

namespace {
constexpr int SliceMs = 8, PacketsAtOnce = 32, SettledAfterMs = 300;
constexpr EventIndex EventsAtOnce = 20'000;
} // namespace

PacketsFilter::PacketsFilter(PacketsModel& model, QObject* parent) : QAbstractProxyModel(parent), m_model(model) {
  m_slices.setInterval(0);
  connect(&m_slices, &QTimer::timeout, this, &PacketsFilter::slice);
  // While the record grows, what became of a packet may change after it was looked at.
  m_settled.setSingleShot(true);
  m_settled.setInterval(SettledAfterMs);
  connect(&m_settled, &QTimer::timeout, this, [this] {
    if (m_filter.mayChange()) begin();
  });
  connect(&model, &QAbstractItemModel::rowsInserted, this, [this] {
    if (!m_slices.isActive()) slice();
    m_settled.start();
  });
  connect(&model, &QAbstractItemModel::modelReset, this, &PacketsFilter::forget);
  connect(&model, &QAbstractItemModel::dataChanged, this, &PacketsFilter::sourceChanged);
  setSourceModel(&model);
}

void PacketsFilter::setText(const QString& text) {
  m_filter.set(text.toStdString());
  if (m_filter.kind() != tell::PacketFilter::Kind::Wrong) begin();
}

std::vector<int> PacketsFilter::fitting() const {
  if (!m_model.rows().isOpen()) return {};
  tell::PacketFilter filter = m_filter;
  filter.restart();
  filter.advance(m_model.rows(), m_model.rows().size());
  return filter.matches();
}

void PacketsFilter::forget() {
  beginResetModel();
  m_filter.clear();
  m_rows.clear();
  m_stale = false;
  endResetModel();
  slice();
}

void PacketsFilter::begin() {
  m_filter.restart();
  m_stale = true;
  slice();
}

void PacketsFilter::slice() {
  if (!m_model.rows().isOpen()) return;
  QElapsedTimer clock;
  clock.start();
  bool done = false;
  while (!done && clock.elapsed() < SliceMs) done = m_filter.advance(m_model.rows(), PacketsAtOnce, EventsAtOnce);
  if (done) m_slices.stop();
  else m_slices.start();
  publish();
}

// The rows of the text before stay until there are some to show instead.
void PacketsFilter::publish() {
  const auto& found = m_filter.matches();
  if (m_stale && (!found.empty() || !m_slices.isActive())) {
    beginResetModel();
    m_rows = found;
    m_stale = false;
    endResetModel();
  } else if (!m_stale && found.size() > m_rows.size()) {
    beginInsertRows({}, int(m_rows.size()), int(found.size()) - 1);
    m_rows.insert(m_rows.end(), found.begin() + std::ptrdiff_t(m_rows.size()), found.end());
    endInsertRows();
  }
  emit listed();
}

void PacketsFilter::sourceChanged(const QModelIndex& first, const QModelIndex& last) {
  const auto from = std::lower_bound(m_rows.begin(), m_rows.end(), first.row());
  const auto to = std::upper_bound(m_rows.begin(), m_rows.end(), last.row());
  if (from >= to) return;
  emit dataChanged(index(int(from - m_rows.begin()), first.column()),
                   index(int(to - m_rows.begin()) - 1, last.column()));
}

QModelIndex PacketsFilter::mapToSource(const QModelIndex& index) const {
  return index.isValid() ? m_model.index(m_rows[size_t(index.row())], index.column()) : QModelIndex();
}
QModelIndex PacketsFilter::mapFromSource(const QModelIndex& source) const {
  const auto row = std::lower_bound(m_rows.begin(), m_rows.end(), source.row());
  const bool listed = source.isValid() && row != m_rows.end() && *row == source.row();
  return listed ? index(int(row - m_rows.begin()), source.column()) : QModelIndex();
}
QModelIndex PacketsFilter::index(int row, int column, const QModelIndex& parent) const {
  return hasIndex(row, column, parent) ? createIndex(row, column) : QModelIndex();
}
int PacketsFilter::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : int(m_rows.size()); }
int PacketsFilter::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : PacketsModel::ColumnCount;
}

} // namespace sockwalk
