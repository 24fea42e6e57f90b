// One structure as it lies in memory, a row for each member, hole and cache-line border. Inner structures,
// arrays and anonymous aggregates are branches; they are built when they are first looked into.
#pragma once
#include "views/structure/structure_subject.h"
#include <memory>
#include <QAbstractItemModel>
#include <vector>

namespace sockwalk {

class StructureModel final : public QAbstractItemModel {
  Q_OBJECT
public:
  enum Column { OffsetColumn, SizeColumn, MemberColumn, ValueColumn, TypeColumn, ColumnCount };
  enum class Kind { Member, Group, Hole, Border };
  enum Change { Untouched, Written, Changed };
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
  ~StructureModel() override;

  void show(const Playhead* at, const StructureSubject& subject);
  // The playhead moved: values are read anew, and these bytes are marked.
  void refresh(SubjectChanges changes);
  const StructureSubject& subject() const { return m_subject; }
  const SubjectChanges& changes() const { return m_changes; }

  // The row of the innermost member that covers a byte; invalid if none does.
  QModelIndex indexAt(u32 offset);
  QModelIndex firstChanged();
  // The member of a row, relative to its own layout, and where that layout begins; nullptr for holes and
  // borders.
  struct MemberPlace {
    const LayoutInfo* layout;
    const MemberInfo* member;
    u32 base; // in the arena
  };
  MemberPlace placeOf(const QModelIndex& index) const;
  QStringList dump(int depth = 1) const; // text, for tests

  QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
  QModelIndex parent(const QModelIndex& index) const override;
  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  bool hasChildren(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
  struct Node {
    Kind kind = Kind::Member;
    Node* parent = nullptr;
    int row = 0;
    u32 offset = 0, size = 0; // from the subject's base
    MemberInfo member{};      // Member and Group; an array's element has one of its own
    const LayoutInfo* layout = nullptr;
    u32 layoutOffset = 0; // where `layout` begins, from the subject's base
    int element = -1;
    bool inUnion = false, built = false, branch = false;
    size_t from = 0, to = 0; // Group: its members, as indices in layout->members
    std::vector<std::unique_ptr<Node>> children;
  };
  Node* nodeOf(const QModelIndex& index) const;
  void build(Node& node) const;
  void buildMembers(Node& into, const LayoutInfo& layout, u32 layoutOffset, size_t from, size_t to, int depth,
                    bool isUnion) const;
  void buildElements(Node& into) const;
  Node& add(Node& into, Kind kind, u32 offset, u32 size) const;
  void addBorder(Node& into, u32 offset, u32& line) const;
  bool isBranch(const Node& node) const;
  QString value(const Node& node) const;
  QString name(const Node& node) const;
  QString path(const Node& node) const;
  QStringList macros(const Node& node) const;
  QString type(const Node& node) const;
  QString toolTip(const Node& node) const;
  Change change(const Node& node) const;
  u64 pointer(const Node& node) const;
  bool notZero(const Node& node) const;
  void dumpNode(const Node& node, int level, int depth, QStringList& out) const;
  void announce(const QModelIndex& parent);

  const Playhead* m_at = nullptr;
  StructureSubject m_subject;
  SubjectChanges m_changes;
  mutable Node m_root;
};

} // namespace sockwalk
