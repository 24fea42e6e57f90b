#include "views/structure/structure_model.h"
#include "engine/memory/macro_names.h"
#include "views/walk/text.h"
#include <algorithm>

namespace sockwalk {

namespace {
constexpr u32 LineSize = 64, MostElements = 256;
bool isGroup(const MemberInfo& m) { return m.kind == MemberKind::Union || m.kind == MemberKind::Aggregate; }
bool isAnonymous(const MemberInfo& m) { return !m.name.empty() && m.name[0] == '('; }
} // namespace

StructureModel::StructureModel(QObject* parent) : QAbstractItemModel(parent) { m_root.built = true; }
StructureModel::~StructureModel() = default;

void StructureModel::show(const Playhead* at, const StructureSubject& subject) {
  beginResetModel();
  m_at = at;
  m_subject = subject;
  m_changes = {};
  m_root = {};
  m_root.built = true;
  if (at && subject && subject.layout) {
    m_root.offset = 0;
    m_root.size = subject.size;
    buildMembers(m_root, *subject.layout, 0, 0, subject.layout->members.size(), 0, subject.layout->isUnion);
  }
  endResetModel();
}

void StructureModel::refresh(SubjectChanges changes) {
  m_changes = std::move(changes);
  announce({});
}
void StructureModel::announce(const QModelIndex& parent) {
  const Node* node = nodeOf(parent);
  if (node->children.empty()) return;
  const int last = static_cast<int>(node->children.size()) - 1;
  emit dataChanged(index(0, 0, parent), index(last, ColumnCount - 1, parent));
  for (int row = 0; row <= last; ++row)
    if (node->children[static_cast<size_t>(row)]->built) announce(index(row, 0, parent));
}

// ---- building
StructureModel::Node& StructureModel::add(Node& into, Kind kind, u32 offset, u32 size) const {
  auto n = std::make_unique<Node>();
  n->kind = kind;
  n->parent = &into;
  n->row = static_cast<int>(into.children.size());
  n->offset = offset;
  n->size = size;
  into.children.push_back(std::move(n));
  return *into.children.back();
}

// A border where a new cache line has begun since the row above.
void StructureModel::addBorder(Node& into, u32 offset, u32& line) const {
  const u32 now = (m_subject.base + offset) / LineSize;
  if (now <= line) return;
  line = now;
  add(into, Kind::Border, now * LineSize - m_subject.base, 0);
}

void StructureModel::buildMembers(Node& into, const LayoutInfo& layout, u32 layoutOffset, size_t from, size_t to,
                                  int depth, bool isUnion) const {
  u32 covered = into.offset, line = (m_subject.base + into.offset) / LineSize;
  for (size_t i = from; i < to; ++i) {
    const MemberInfo& m = layout.members[i];
    if (m.depth != depth) continue;
    const u32 offset = layoutOffset + m.offset;
    if (!m.size && !m.bits) continue; // markers such as __cloned_offset[0] take no room
    if (!isUnion && offset > covered) add(into, Kind::Hole, covered, offset - covered);
    if (!isUnion) addBorder(into, offset, line);
    Node& n = add(into, isGroup(m) ? Kind::Group : Kind::Member, offset, m.size);
    n.member = m;
    n.layout = &layout;
    n.layoutOffset = layoutOffset;
    n.inUnion = isUnion;
    n.from = i + 1;
    for (n.to = n.from; n.to < to && layout.members[n.to].depth > depth;) ++n.to;
    n.branch = isBranch(n);
    covered = std::max(covered, offset + m.size);
  }
  const u32 end = into.offset + into.size;
  if (!isUnion && covered < end) add(into, Kind::Hole, covered, end - covered);
}

void StructureModel::buildElements(Node& into) const {
  const MemberInfo& array = into.member;
  for (u32 i = 0; i < std::min(array.count, MostElements); ++i) {
    Node& n = add(into, Kind::Member, into.offset + i * array.each, array.each);
    n.member = array;
    n.member.array = false;
    n.member.size = array.each;
    n.member.offset = array.offset + i * array.each;
    n.member.count = 1;
    n.layout = into.layout;
    n.layoutOffset = into.layoutOffset;
    n.element = static_cast<int>(i);
    n.branch = isBranch(n);
  }
}

bool StructureModel::isBranch(const Node& n) const {
  if (n.kind == Kind::Group) return n.to > n.from;
  if (n.kind != Kind::Member || n.member.bits) return false;
  if (n.member.array) return n.member.count > 1 && n.member.each > 1;
  if (n.member.kind != MemberKind::Struct) return n.to > n.from && n.element < 0;
  const LayoutInfo* inner = layoutNamed(n.member.target);
  return inner && !inner->members.empty() && !(inner->members.size() == 1 && inner->size <= 8);
}

void StructureModel::build(Node& n) const {
  if (n.built) return;
  n.built = true;
  if (!n.branch) return;
  if (n.kind == Kind::Group) {
    buildMembers(n, *n.layout, n.layoutOffset, n.from, n.to, n.member.depth + 1, n.member.kind == MemberKind::Union);
  } else if (n.member.array) {
    buildElements(n);
  } else if (const LayoutInfo* inner = n.member.kind == MemberKind::Struct ? layoutNamed(n.member.target) : nullptr) {
    buildMembers(n, *inner, n.offset, 0, inner->members.size(), 0, inner->isUnion);
  } else {
    buildMembers(n, *n.layout, n.layoutOffset, n.from, n.to, n.member.depth + 1, false);
  }
}

// ---- what a row says
QString StructureModel::name(const Node& n) const {
  switch (n.kind) {
  case Kind::Hole:
    return n.offset + n.size == m_subject.size ? tr("padding, %1 bytes").arg(n.size)
           : n.size == 1                       ? tr("hole, 1 byte")
                                               : tr("hole, %1 bytes").arg(n.size);
  case Kind::Border: return tr("cache line %1").arg((m_subject.base + n.offset) / LineSize - m_subject.base / LineSize);
  default: break;
  }
  if (n.element >= 0) return QStringLiteral("[%1]").arg(n.element);
  if (!isAnonymous(n.member)) return text(n.member.name);
  return n.member.kind == MemberKind::Union ? tr("(union)") : tr("(struct)");
}

QString StructureModel::path(const Node& n) const {
  QString out;
  for (const Node* at = &n; at && at->parent; at = at->parent) {
    if (at->kind != Kind::Member && isAnonymous(at->member)) continue;
    if (at->element >= 0)
      out = QStringLiteral("[%1]%2%3").arg(at->element).arg(out.isEmpty() || out[0] == '[' ? "" : ".", out);
    else out = text(at->member.name) + (out.isEmpty() || out[0] == '[' ? "" : ".") + out;
  }
  return out;
}

// A member of sock_common is known by the names of the structure that holds it: skc_state is sk_state in a sock.
QStringList StructureModel::macros(const Node& n) const {
  const Node* holder = n.parent;
  while (holder && (holder->kind == Kind::Group || isAnonymous(holder->member))) holder = holder->parent;
  QStringList names;
  if (n.kind != Kind::Member || n.element >= 0 || !holder) return names;
  for (std::string_view name : macrosFor(holder->member.name, n.member.name)) names << text(name);
  return names;
}

QString StructureModel::type(const Node& n) const {
  if (n.kind != Kind::Member && n.kind != Kind::Group) return {};
  return text(n.member.type) + (n.member.bits ? tr(" : %1").arg(n.member.bits) : QString());
}

QString StructureModel::value(const Node& n) const {
  if (!m_at || n.kind == Kind::Hole || n.kind == Kind::Border) return {};
  if (n.kind == Kind::Group)
    return n.member.kind == MemberKind::Union ? tr("these share %1 bytes").arg(n.size) : QString();
  return QString::fromStdString(valueText(*m_at, *n.layout, n.member, m_subject.base + n.layoutOffset));
}

u64 StructureModel::pointer(const Node& n) const {
  const bool points = n.kind == Kind::Member && !n.member.array &&
                      (n.member.kind == MemberKind::Pointer || n.member.kind == MemberKind::Function);
  return points && m_at ? readUnsigned(*m_at, n.member, m_subject.base + n.layoutOffset) : 0;
}

bool StructureModel::notZero(const Node& n) const {
  if (!m_at || n.kind == Kind::Hole || n.kind == Kind::Border) return false;
  if (n.member.bits) return readUnsigned(*m_at, n.member, m_subject.base + n.layoutOffset) != 0;
  const u8* p = m_at->memory().at(m_subject.base + n.offset);
  return std::any_of(p, p + n.size, [](u8 b) { return b != 0; });
}

StructureModel::Change StructureModel::change(const Node& n) const {
  if (n.kind == Kind::Border || n.kind == Kind::Hole) return Untouched;
  if (!m_changes.any(n.offset, n.size, false)) return Untouched;
  if (n.member.bits) { // of a storage unit, only the field whose bits are others now
    const u32 byte = n.offset + n.member.bit / 8;
    const u32 last = n.offset + (n.member.bit + n.member.bits - 1) / 8;
    if (!m_changes.any(byte, last - byte + 1, true)) return Untouched;
    u64 mask = ((1ull << n.member.bits) - 1) << n.member.bit, flipped = 0;
    for (u32 i = 0; i < n.size && i < 8; ++i) flipped |= u64(m_changes.flipped(n.offset + i)) << (8 * i);
    return flipped & mask ? Changed : Untouched;
  }
  return m_changes.any(n.offset, n.size, true) ? Changed : n.branch || n.kind == Kind::Group ? Untouched : Written;
}

QString StructureModel::toolTip(const Node& n) const {
  if (n.kind == Kind::Hole)
    return tr("%1 bytes that belong to no member: the next one must begin at a multiple of its size.").arg(n.size);
  if (n.kind == Kind::Border)
    return tr("A new line of 64 bytes of the processor's cache begins here, at 0x%1.")
        .arg(Arena::addressOf(m_subject.base + n.offset), 0, 16);
  QString words = QStringLiteral("%1 %2").arg(type(n), path(n));
  words += n.member.bits ? tr("\nbits %1 to %2 of the %3 byte(s) at %4")
                               .arg(n.member.bit)
                               .arg(n.member.bit + n.member.bits - 1)
                               .arg(n.size)
                               .arg(n.offset)
                         : tr("\noffset %1, %2 bytes").arg(n.offset).arg(n.size);
  words += tr(", address 0x%1").arg(Arena::addressOf(m_subject.base + n.offset), 0, 16);
  if (const QStringList names = macros(n); !names.isEmpty())
    words += tr("\nin the kernel's source: %1").arg(names.join(QLatin1String(", ")));
  if (n.inUnion) words += tr("\nshares its bytes with the other members of the union");
  if (const u64 to = pointer(n)) words += tr("\npoints at 0x%1: click to look there").arg(to, 0, 16);
  return words;
}

// ---- looking up
QModelIndex StructureModel::indexAt(u32 offset) {
  QModelIndex at;
  for (;;) {
    const int rows = rowCount(at);
    QModelIndex next;
    for (int r = 0; r < rows && !next.isValid(); ++r) {
      const QModelIndex i = index(r, 0, at);
      const Node* n = nodeOf(i);
      if (n->kind != Kind::Border && n->kind != Kind::Hole && offset >= n->offset && offset < n->offset + n->size)
        next = i;
    }
    if (!next.isValid()) return at;
    at = next;
  }
}

QModelIndex StructureModel::firstChanged() {
  if (m_changes.last == NoEvent) return {};
  // The bit-field that changed, not the first of its storage unit.
  const QModelIndex found = indexAt(m_changes.firstOffset);
  const QModelIndex parent = found.parent();
  for (int r = 0; found.isValid() && r < rowCount(parent); ++r) {
    const Node* n = nodeOf(index(r, 0, parent));
    if (n->member.bits && change(*n) == Changed && m_changes.firstOffset >= n->offset &&
        m_changes.firstOffset < n->offset + n->size)
      return index(r, 0, parent);
  }
  return found;
}

StructureModel::MemberPlace StructureModel::placeOf(const QModelIndex& i) const {
  const Node* n = nodeOf(i);
  if (!i.isValid() || n->kind == Kind::Hole || n->kind == Kind::Border) return {nullptr, nullptr, 0};
  return {n->layout, &n->member, m_subject.base + n->layoutOffset};
}

void StructureModel::dumpNode(const Node& n, int level, int depth, QStringList& out) const {
  for (const auto& c : n.children) {
    const char* mark = change(*c) == Changed ? " changed" : change(*c) == Written ? " written" : "";
    const QString bits = c->member.bits
                             ? QStringLiteral(":%1-%2").arg(c->member.bit).arg(c->member.bit + c->member.bits - 1)
                             : QString();
    out << QStringLiteral("%1%2%3 %4 %5 %6%7")
               .arg(QString(2 * level, ' '))
               .arg(c->offset)
               .arg(bits)
               .arg(c->size)
               .arg(name(*c), value(*c), mark)
               .trimmed()
               .prepend(QString(2 * level, ' '));
    if (depth > 1 && c->branch) {
      build(*c);
      dumpNode(*c, level + 1, depth - 1, out);
    }
  }
}
QStringList StructureModel::dump(int depth) const {
  QStringList out;
  dumpNode(m_root, 0, depth, out);
  return out;
}

// ---- QAbstractItemModel
StructureModel::Node* StructureModel::nodeOf(const QModelIndex& i) const {
  return i.isValid() ? static_cast<Node*>(i.internalPointer()) : &m_root;
}

QModelIndex StructureModel::index(int row, int column, const QModelIndex& parent) const {
  if (row < 0 || column < 0 || column >= ColumnCount || (parent.isValid() && parent.column() != 0)) return {};
  Node* n = nodeOf(parent);
  build(*n);
  return size_t(row) < n->children.size() ? createIndex(row, column, n->children[static_cast<size_t>(row)].get())
                                          : QModelIndex();
}
QModelIndex StructureModel::parent(const QModelIndex& i) const {
  if (!i.isValid()) return {};
  Node* p = nodeOf(i)->parent;
  return p && p != &m_root ? createIndex(p->row, 0, p) : QModelIndex();
}
int StructureModel::rowCount(const QModelIndex& parent) const {
  if (parent.isValid() && parent.column() != 0) return 0;
  Node* n = nodeOf(parent);
  build(*n);
  return static_cast<int>(n->children.size());
}
int StructureModel::columnCount(const QModelIndex&) const { return ColumnCount; }
bool StructureModel::hasChildren(const QModelIndex& parent) const {
  if (!parent.isValid()) return !m_root.children.empty();
  return parent.column() == 0 && nodeOf(parent)->branch;
}

QVariant StructureModel::data(const QModelIndex& i, int role) const {
  if (!i.isValid()) return {};
  const Node& n = *nodeOf(i);
  switch (role) {
  case Qt::DisplayRole:
    switch (i.column()) {
    case OffsetColumn:
      return n.member.bits && n.kind == Kind::Member
                 ? QStringLiteral("%1:%2").arg(n.offset).arg(
                       n.member.bits == 1
                           ? QString::number(n.member.bit)
                           : QStringLiteral("%1–%2").arg(n.member.bit).arg(n.member.bit + n.member.bits - 1))
                 : QString::number(n.offset);
    case SizeColumn:
      return n.kind == Kind::Border ? QString()
             : n.member.bits        ? tr("%1 b", "bits").arg(n.member.bits)
                                    : QString::number(n.size);
    case MemberColumn: return name(n);
    case ValueColumn: return value(n);
    case TypeColumn: return type(n);
    default: return {};
    }
  case Qt::ToolTipRole: return toolTip(n);
  case Qt::TextAlignmentRole:
    return int((i.column() == OffsetColumn || i.column() == SizeColumn ? Qt::AlignRight : Qt::AlignLeft) |
               Qt::AlignVCenter);
  case KindRole: return static_cast<int>(n.kind);
  case ChangeRole: return static_cast<int>(change(n));
  case PointerRole: return quint64(pointer(n));
  case OffsetRole: return n.offset;
  case SizeRole: return n.size;
  case UnionRole: return n.inUnion;
  case NotZeroRole: return notZero(n);
  case PathRole: return path(n);
  case MacrosRole: return macros(n);
  default: return {};
  }
}
QVariant StructureModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::TextAlignmentRole)
    return int((section <= SizeColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
  if (role != Qt::DisplayRole) return {};
  const QString names[] = {tr("off"), tr("size"), tr("member"), tr("value"), tr("type")};
  return section < ColumnCount ? names[section] : QVariant();
}

} // namespace sockwalk
