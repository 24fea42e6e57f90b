// Everything that the machine was told to do, with what came of it, as engine/tell says it.
#pragma once
#include "engine/tell/stimuli.h"
#include <functional>
#include <QAbstractTableModel>

namespace sockwalk {

class StimuliModel final : public QAbstractTableModel {
  Q_OBJECT
public:
  enum Column { Number, Call, Outcome, ColumnCount };
  enum Role { FailedRole = Qt::UserRole, WaitsRole };

  explicit StimuliModel(QObject* parent = nullptr);
  // `row`: what is told of one; asked whenever it is shown, for a call that slept may have returned since.
  void reset(const Journal* journal, std::function<tell::StimulusRow(int)> row);
  void update();
  void setCurrent(int stimulus); // the one that the playhead is in
  int current() const { return m_current; }

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
  const Journal* m_journal = nullptr;
  std::function<tell::StimulusRow(int)> m_row;
  int m_rows = 0, m_current = -1;
};

} // namespace sockwalk
