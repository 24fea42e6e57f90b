// The headers of the packet as a tree, linked with their bytes.
#include "views/buffer/buffer_parts.h"
#include "views/buffer/buffer_strip.h"
#include "views/buffer/buffer_view.h"
#include "views/buffer/bytes_pane.h"
#include "views/theme/elided_label.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include <QLabel>
#include <QTreeWidget>

namespace sockwalk {

void BufferView::addField(QTreeWidgetItem* parent, const FrameField& f) {
  auto* item = new QTreeWidgetItem(parent, {text(tell::spokenWords(f.name)), text(tell::spokenWords(f.value))});
  item->setData(0, FromRole, quint32(f.offset));
  item->setData(0, ToRole, quint32(f.offset + f.length));
  item->setData(0, HeaderRole, int(f.layer));
  item->setData(0, InsideRole,
                parent->data(0, HeaderRole).isNull() ? 0u : quint32(f.offset) - parent->data(0, FromRole).toUInt());
  item->setToolTip(0, item->text(0));
  item->setToolTip(1, item->text(1));
  for (const FrameField& c : f.children) addField(item, c);
}

// The header that data stands on is open, the others are closed.
void BufferView::showFields() {
  const QString kept = m_fields->currentItem() ? m_fields->currentItem()->text(0) : QString();
  const QSignalBlocker quiet(m_fields);
  m_fields->clear();
  QTreeWidgetItem *open = nullptr, *again = nullptr;
  for (const FrameField& f : m_picture.fields) {
    addField(m_fields->invisibleRootItem(), f);
    QTreeWidgetItem* top = m_fields->topLevelItem(m_fields->topLevelItemCount() - 1);
    top->setFont(0, theme().mono(11.5, QFont::Bold));
    if (top->childCount() && (!open || f.offset <= m_picture.shape.data)) open = top;
  }
  if (open) {
    open->setExpanded(true);
    for (int i = 0; i < open->childCount(); ++i)
      if (open->child(i)->text(0) == kept) again = open->child(i);
    m_fields->scrollToItem(open, QAbstractItemView::PositionAtTop);
  }
  if (again) m_fields->setCurrentItem(again);
  m_fields->resizeColumnToContents(0);
  m_fieldsTitle->setText(open ? tr("%1 header").arg(open->text(0)) : tr("Headers"));
  if (m_picture.fields.empty()) m_fieldsTitle->setText(tr("No header can be read yet"));
  lightItem(again);
}

// ---- fields and bytes, linked both ways
void BufferView::light(int from, int to, bool scroll) {
  m_strip->highlight(from, to);
  m_bytes->highlight(from, to, scroll);
}
void BufferView::lightItem(QTreeWidgetItem* item) {
  if (!item) {
    m_fieldNote->setText(tr("Point at a field to see its bytes."));
    return light(-1, -1, false);
  }
  m_fieldNote->setText(fieldWords(item));
  m_fieldNote->setToolTip(m_fieldNote->text());
  light(int(item->data(0, FromRole).toUInt()), int(item->data(0, ToRole).toUInt()), item == m_fields->currentItem());
}
QString BufferView::fieldWords(const QTreeWidgetItem* item) const {
  const u32 from = item->data(0, FromRole).toUInt(), to = item->data(0, ToRole).toUInt();
  QString words = to - from == 1 ? tr("%1: byte %2").arg(item->text(0)).arg(from)
                                 : tr("%1: bytes %2 to %3").arg(item->text(0)).arg(from).arg(to - 1);
  if (!item->parent()) return words;
  const auto header = static_cast<FrameLayer>(item->data(0, HeaderRole).toInt());
  const std::string member = tell::headerMember(header, item->data(0, InsideRole).toUInt(), to - from);
  return member.empty() ? words : words + QStringLiteral(" · ") + text(member);
}
QTreeWidgetItem* BufferView::itemAt(int offset) const {
  QTreeWidgetItem* found = nullptr;
  const auto visit = [&](auto& self, QTreeWidgetItem* item) -> void {
    const int from = int(item->data(0, FromRole).toUInt()), to = int(item->data(0, ToRole).toUInt());
    if (offset < from || offset >= to) return;
    if (!found || to - from < int(found->data(0, ToRole).toUInt()) - int(found->data(0, FromRole).toUInt()))
      found = item;
    for (int i = 0; i < item->childCount(); ++i) self(self, item->child(i));
  };
  for (int i = 0; i < m_fields->topLevelItemCount(); ++i) visit(visit, m_fields->topLevelItem(i));
  return found;
}
void BufferView::selectField(int offset) {
  if (QTreeWidgetItem* item = offset < 0 ? nullptr : itemAt(offset)) {
    m_fields->setCurrentItem(item);
    m_fields->scrollToItem(item);
  }
}

} // namespace sockwalk
