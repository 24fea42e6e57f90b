#include "views/packets/frame_details.h"
#include "engine/feed/decode.h"
#include "views/packets/frame_bytes.h"
#include "views/theme/linked.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include <QHeaderView>
#include <QSplitter>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace sockwalk {
namespace {

enum Data { Offset = Qt::UserRole, Length };

PacketPart partOf(FrameLayer layer) {
  switch (layer) {
  case FrameLayer::Ethernet: return PacketPart::Ethernet;
  case FrameLayer::Arp: return PacketPart::Arp;
  case FrameLayer::Ipv4: return PacketPart::Ipv4;
  case FrameLayer::Icmp:
  case FrameLayer::Udp:
  case FrameLayer::Tcp: return PacketPart::Transport;
  default: return PacketPart::Payload;
  }
}

void add(QTreeWidgetItem* parent, const FrameField& field, bool top) {
  auto* item = new QTreeWidgetItem(parent, {text(tell::spokenWords(field.name)), text(tell::spokenWords(field.value))});
  item->setData(0, Offset, int(field.offset));
  item->setData(0, Length, int(field.length));
  item->setFont(1, theme().mono(11));
  item->setFont(0, theme().sans(12, top ? QFont::DemiBold : QFont::Normal));
  if (top) item->setForeground(0, theme().packet(partOf(field.layer)).text);
  for (const FrameField& child : field.children) add(item, child, false);
}

} // namespace

FrameDetails::FrameDetails(QWidget* parent)
    : QWidget(parent), m_tree(new QTreeWidget(this)), m_bytes(new FrameBytes(this)) {
  m_tree->setColumnCount(2);
  m_tree->setHeaderHidden(true);
  m_tree->setFrameShape(QFrame::NoFrame);
  m_tree->setUniformRowHeights(true);
  m_tree->setIndentation(14);
  m_tree->setAccessibleName(tr("Fields of the packet"));
  m_tree->header()->setStretchLastSection(true);
  m_parts = new QSplitter(Qt::Vertical, this);
  m_parts->addWidget(m_tree);
  m_parts->addWidget(m_bytes);
  m_parts->setStretchFactor(0, 3);
  m_parts->setStretchFactor(1, 2);
  auto* box = new QVBoxLayout(this);
  box->setContentsMargins(0, 0, 0, 0);
  box->addWidget(m_parts);
  connect(m_tree, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem* item) { choose(item); });
  connect(m_tree, &QTreeWidget::itemClicked, this, &FrameDetails::tell);
  connect(m_tree, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem* item) {
    if (m_tree->hasFocus()) tell(item);
  });
  connect(m_bytes, &FrameBytes::clicked, this, [this](int offset) {
    chooseByte(offset);
    const QTreeWidgetItem* item = m_tree->currentItem();
    const int from = item ? item->data(0, Offset).toInt() : 0, length = item ? item->data(0, Length).toInt() : 0;
    if (offset >= from && offset < from + length) emit chosen(from, length);
    else emit chosen(offset, 1); // of no field
  });
}

void FrameDetails::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  m_parts->setOrientation(width() > 2 * height() ? Qt::Horizontal : Qt::Vertical);
}

void FrameDetails::setFrame(ByteView frame) {
  const QSignalBlocker quiet(m_tree);
  m_tree->clear();
  for (const FrameField& field : decodeFrame(frame)) add(m_tree->invisibleRootItem(), field, true);
  // The innermost header with fields is what most want to see.
  for (int i = m_tree->topLevelItemCount() - 1; i >= 0; --i) {
    if (!m_tree->topLevelItem(i)->childCount()) continue;
    m_tree->topLevelItem(i)->setExpanded(true);
    break;
  }
  m_tree->resizeColumnToContents(0);
  m_tree->setColumnWidth(0, std::min(m_tree->columnWidth(0) + 12, int(theme().scaled(180))));
  m_bytes->setBytes(QByteArray(reinterpret_cast<const char*>(frame.data()), qsizetype(frame.size())));
}

void FrameDetails::choose(QTreeWidgetItem* item) {
  if (item) m_bytes->light(item->data(0, Offset).toInt(), item->data(0, Length).toInt());
}

void FrameDetails::tell(QTreeWidgetItem* item) {
  if (item) emit chosen(item->data(0, Offset).toInt(), item->data(0, Length).toInt());
}

void FrameDetails::mark(int from, int length) {
  m_bytes->setLinked(from, from + length);
  QTreeWidgetItem* best = nullptr;
  for (QTreeWidgetItemIterator it(m_tree); *it; ++it) {
    const bool same = length && (*it)->data(0, Offset).toInt() == from && (*it)->data(0, Length).toInt() == length;
    for (int column = 0; column < 2; ++column) (*it)->setBackground(column, same ? QBrush(linkedFill()) : QBrush());
    if (same) best = *it;
  }
  if (!best) return;
  const QSignalBlocker quiet(m_tree);
  m_tree->setCurrentItem(best);
  m_tree->scrollToItem(best);
  choose(best);
}

// The smallest field that holds the byte.
void FrameDetails::chooseByte(int offset) {
  QTreeWidgetItem* best = nullptr;
  for (QTreeWidgetItemIterator it(m_tree); *it; ++it) {
    const int from = (*it)->data(0, Offset).toInt(), length = (*it)->data(0, Length).toInt();
    if (offset >= from && offset < from + length && (!best || length <= best->data(0, Length).toInt())) best = *it;
  }
  if (best) m_tree->setCurrentItem(best);
}

} // namespace sockwalk
