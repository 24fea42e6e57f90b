// The rows of one structure (engine/tell/structures/rows.h) as a tree for Qt's views.
#pragma once
#include "engine/tell/lessons/covers.h"
#include "engine/tell/structures/rows.h"
#include <QAbstractItemModel>

namespace sockwalk {

class StructureModel final : public QAbstractItemModel {
  Q_OBJECT
public:
  enum Column { OffsetColumn, SizeColumn, MemberColumn, ValueColumn, TypeColumn, ColumnCount };
  using Kind = tell::RowKind;
  using Change = tell::RowChange;
  enum Role {
    KindRole = Qt::UserRole,
    ChangeRole,  // Change
    PointerRole, // the address that a pointer member holds; 0 for anything else
    OffsetRole,  // from the subject's base
    SizeRole,
    UnionRole,   // bool: shares its bytes with its siblings
    NotZeroRole, // bool
    PathRole,    // "icsk_inet.sk.__sk_common.skc_state"
    MacrosRole,  // what the kernel's source calls it by a macro: "sk_state"
  };
  explicit StructureModel(QObject* parent = nullptr);

  void show(const Playhead* at, const tell::StructureSubject& subject, tell::RowOrder order = tell::RowOrder::Memory);
  void setCovers(const tell::Covers* covers) { m_covers = covers; } // what a lesson's questions ask for
  // The playhead moved: values are read anew, and these bytes are marked.
  void refresh(tell::SubjectChanges changes);
  const tell::SubjectChanges& changes() const { return m_changes; }

  // The row of the innermost member that covers a byte; invalid if none does.
  QModelIndex indexAt(u32 offset) const;
  QModelIndex firstChanged() const;
  tell::MemberPlace placeOf(const QModelIndex& index) const; // none for holes and borders
  QStringList dump(int depth = 1) const;                     // text, for tests

  QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
  QModelIndex parent(const QModelIndex& index) const override;
  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  bool hasChildren(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
  using Row = tell::StructureRow;
  Row& rowOf(const QModelIndex& index) const;
  QModelIndex indexOf(const std::vector<Row*>& way) const;
  QString textIn(int column, const Row& row) const;
  void dumpRow(Row& row, int level, int depth, QStringList& out) const;
  void announce(const QModelIndex& parent);

  QString covered(const QString& told, const Row& row) const;

  const Playhead* m_at = nullptr;
  const tell::Covers* m_covers = nullptr;
  tell::StructureRows m_rows;
  tell::SubjectChanges m_changes;
};

} // namespace sockwalk
