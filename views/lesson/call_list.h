// The calls of one stimulus as an indented list: what happens in this system call, one function a line.
#pragma once
#include "engine/tell/calls/calls.h"
#include "views/walk/walk.h"
#include <QAbstractListModel>
#include <vector>

namespace sockwalk {

class CallList final : public QAbstractListModel {
  Q_OBJECT
public:
  static constexpr int MaxRows = 4000; // of one stimulus; the timeline shows the rest
  enum Role { PositionRole = Qt::UserRole, DepthRole, LayerRole, NowRole, LaneRole };

  explicit CallList(Walk& walk, QObject* parent = nullptr);
  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  int currentRow() const { return m_current; } // the running call; -1 if none

  void follow(); // after the playhead moved

private:
  void rebuild();
  void nameLanes();
  Walk& m_walk;
  std::vector<tell::ListedCall> m_rows;
  std::vector<QString> m_lanes; // by row: in whose name it runs, where that changes
  int m_stimulus = -2, m_current = -1;
  EventIndex m_until = 0;
};

} // namespace sockwalk
