// The packets of a journal as a table. Rows are found as the journal grows; what a row says is asked of tell only when it
// is needed, so that a capture of a hundred thousand frames costs no more than those on the screen.
#pragma once
#include "engine/tell/packets/packet_list.h"
#include <QAbstractTableModel>
#include <QCache>

namespace sockwalk {

class PacketsModel final : public QAbstractTableModel {
  Q_OBJECT
public:
  enum Column { Number, Time, Direction, Interface, Protocol, Source, Destination, Length, Info, Fate, ColumnCount };
  enum Role { EventRole = Qt::UserRole, InRole, CurrentRole, DroppedRole };

  explicit PacketsModel(QObject* parent = nullptr);
  void reset(const Journal* journal);
  void update();                         // takes in what was recorded since
  void setPosition(EventIndex position); // marks the last packet before it
  const Journal* journal() const { return m_journal; }
  const tell::PacketList& packets() const { return m_packets; }
  int current() const { return m_current; } // row, -1 before the first
  EventIndex eventOf(int row) const { return m_packets.eventOf(row); }
  int rowBefore(EventIndex position) const { return m_packets.before(position); }
  ByteView frame(int row) const;
  bool dropped(int row) const;

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
  const tell::PacketRow& told(int row) const;
  QString cell(int row, int column) const;
  QVariant colour(int row, int column) const;

  const Journal* m_journal = nullptr;
  tell::PacketList m_packets;
  int m_shown = 0; // rows that the views know of
  int m_current = -1;
  mutable QCache<int, tell::PacketRow> m_told{4096};
};

} // namespace sockwalk
