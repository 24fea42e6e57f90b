// The packets of a journal as a table. Rows are found as the journal grows; what a row says is worked out only when it is
// asked for, so that a capture of a hundred thousand frames costs no more than those on the screen.
#pragma once
#include "engine/feed/summary.h"
#include "engine/journal/playhead.h"
#include "views/packets/packet_fate.h"
#include <QAbstractTableModel>
#include <QCache>
#include <QHash>

namespace sockwalk {

class PacketsModel final : public QAbstractTableModel {
  Q_OBJECT
public:
  enum Column { Number, Time, Direction, Interface, Protocol, Source, Destination, Length, Info, Fate, ColumnCount };
  enum Role { EventRole = Qt::UserRole, InRole, CurrentRole, DroppedRole };

  explicit PacketsModel(QObject* parent = nullptr);
  void reset(const Journal* journal);
  void update();                            // takes in what was recorded since
  void setPosition(EventIndex position);    // marks the last packet before it
  int current() const { return m_current; } // row, -1 before the first
  EventIndex eventOf(int row) const { return m_rows[size_t(row)].event; }
  int rowBefore(EventIndex position) const;
  ByteView frame(int row) const;
  bool dropped(int row) const { return fate(row).kind == PacketFate::Dropped; }

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
  struct Row {
    EventIndex event;
    bool in;
    TcpBases::Relative tcp; // sequence numbers counted from the connection's first, known only in order
  };
  const FrameSummary& summary(int row) const;
  const PacketFate& fate(int row) const;
  QString cell(int row, int column) const;
  QString fateText(int row) const;
  QString deviceOf(EventIndex packet) const;
  QString portText(int row, bool source) const;

  const Journal* m_journal = nullptr;
  std::vector<Row> m_rows;
  TcpBases m_bases;
  EventIndex m_done = 0;
  int m_current = -1;
  mutable QHash<u32, QString> m_devices; // names, by offset of the net_device
  mutable QCache<int, FrameSummary> m_summaries{4096};
  mutable QCache<int, PacketFate> m_fates{4096};
};

} // namespace sockwalk
