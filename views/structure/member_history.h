// Who wrote a member of an object, when, and what it said before and after: one row a write, newest last.
#pragma once
#include "engine/tell/lessons/covers.h"
#include "engine/tell/position.h"
#include "engine/tell/structures/history.h"
#include <deque>
#include <optional>
#include <QAbstractListModel>
#include <QTimer>

namespace sockwalk {

class MemberHistory final : public QAbstractListModel {
  Q_OBJECT
public:
  enum Role { EventRole = Qt::UserRole, StepRole, FunctionRole, BeforeRole, AfterRole, CurrentRole, SameRole };

  explicit MemberHistory(QObject* parent = nullptr);
  // Reads the object's life once, a long one bit by bit; values are put into words when a row is drawn.
  void show(const Journal& journal, const tell::StructureSubject& subject, const tell::MemberPlace& place);
  void showNothing();                    // of the same session
  void clear();                          // the session is gone
  void setPosition(EventIndex position); // marks the write that made the value of that moment
  void setCovers(const tell::Covers* covers) { m_covers = covers; } // what a lesson's questions ask for
  int current() const { return m_current; }
  bool cut() const { return m_reader && m_reader->writes().cut; } // earlier writes were left out
  bool reading() const { return m_reader && !m_reader->atEnd(); }

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

signals:
  void grown(); // by reading on

private:
  void readOn();
  const std::vector<tell::MemberWrite>& writes() const;
  const tell::WrittenValue& valueOf(size_t row) const;
  tell::WrittenValue shownValue(size_t row) const; // with what is asked for covered
  tell::Text stepOf(size_t row) const;
  const Journal* m_journal = nullptr;
  mutable std::unique_ptr<Playhead> m_past; // values are named by what lived when they were written
  tell::MemberPlace m_place;
  std::optional<tell::MemberWritesReader> m_reader;
  QTimer m_later;
  mutable std::deque<std::unique_ptr<const tell::WrittenValue>> m_values; // once they were asked for
  const tell::Covers* m_covers = nullptr;
  mutable std::unique_ptr<tell::StepNames> m_steps;
  int m_current = -1;
  EventIndex m_position = 0;
};

} // namespace sockwalk
