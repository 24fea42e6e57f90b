// Everything that the machine was told to do, with what came of it: "socket(AF_INET, SOCK_STREAM, 0)" "= 3".
#pragma once
#include "engine/journal/journal.h"
#include <functional>
#include <QAbstractTableModel>

namespace sockwalk {

class StimuliModel final : public QAbstractTableModel {
  Q_OBJECT
public:
  enum Column { Number, Call, Outcome, ColumnCount };
  enum Role { FailedRole = Qt::UserRole, WaitsRole };

  explicit StimuliModel(QObject* parent = nullptr);
  // `waiting`: what a call that has not returned waits for, told by who can see the tasks; may be empty.
  void reset(const Journal* journal, std::function<QString(int)> waiting = {});
  void update();
  void setCurrent(int stimulus); // the one that the playhead is in
  int current() const { return m_current; }

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
  bool isCall(const Stimulus& s) const; // made by a task: it has a result
  QString outcome(int row) const;

  const Journal* m_journal = nullptr;
  std::function<QString(int)> m_waiting;
  int m_rows = 0, m_current = -1;
};

} // namespace sockwalk
