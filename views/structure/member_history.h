// Who wrote a member of an object, when, and what it said before and after: one row a write, newest last.
#pragma once
#include "views/structure/structure_model.h"
#include <QAbstractListModel>

namespace sockwalk {

class MemberHistory final : public QAbstractListModel {
  Q_OBJECT
public:
  enum Role { EventRole = Qt::UserRole, FunctionRole, BeforeRole, AfterRole, CurrentRole, SameRole };
  static constexpr size_t Most = 400; // writes kept, the last ones

  explicit MemberHistory(QObject* parent = nullptr);
  // Reads the object's life once; values are put into words when a row is drawn.
  void show(const Journal& journal, const StructureSubject& subject, const StructureModel::MemberPlace& place);
  void clear();
  void setPosition(EventIndex position); // marks the write that made the value of that moment
  int current() const { return m_current; }
  bool cut() const { return m_cut; } // earlier writes were left out

  int rowCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
  struct Entry {
    EventIndex event;
    bool same;
    mutable QString before, after; // in words, once they were asked for
    mutable bool read = false;
  };
  void read(const Entry& entry) const;
  const Journal* m_journal = nullptr;
  mutable std::unique_ptr<Playhead> m_past; // values are named by what lived when they were written
  const LayoutInfo* m_layout = nullptr;
  MemberInfo m_member{};
  u32 m_base = 0;
  std::vector<Entry> m_entries;
  int m_current = -1;
  bool m_cut = false;
};

} // namespace sockwalk
