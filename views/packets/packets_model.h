// The packets of a session as a table. Rows are found as the journal grows; what a row says is asked of tell only when it
// is needed, so that a capture of a hundred thousand frames costs no more than those on the screen.
#pragma once
#include "engine/tell/lessons/covers.h"
#include "engine/tell/packets/packet_rows.h"
#include <QAbstractTableModel>
#include <QCache>

namespace sockwalk {

class PacketsModel final : public QAbstractTableModel {
  Q_OBJECT
public:
  enum Column {
    Number,
    Time,
    Direction,
    Interface,
    Protocol,
    Source,
    Destination,
    Length,
    Info,
    OurKernel,
    Fate,
    ColumnCount
  };
  enum Role { EventRole = Qt::UserRole, InRole, CurrentRole, DroppedRole, VerdictRole };

  explicit PacketsModel(QObject* parent = nullptr);
  void reset(const scenario::Session* session);
  void setCovers(const tell::Covers* covers) { m_covers = covers; } // what a lesson's questions ask for
  bool covered(int row) const { return m_covers && m_covers->frame(m_rows.number(row)); }
  void update();                         // takes in what was recorded since
  void setPosition(EventIndex position); // marks the last packet before it
  const tell::PacketRows& rows() const { return m_rows; }
  static QString numberOf(const tell::PacketRows& rows, int row); // "+": only our kernel sent it; "": there is none
  int current() const { return m_current; }                       // row, -1 before the first
  EventIndex eventOf(int row) const { return m_rows.eventOf(row); }
  int rowBefore(EventIndex position) const { return m_rows.before(position); }
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

  const tell::Covers* m_covers = nullptr;
  tell::PacketRows m_rows;
  int m_shown = 0; // rows that the views know of
  int m_current = -1;
  mutable QCache<int, tell::PacketRow> m_told{4096};
};

} // namespace sockwalk
