// Bytes that are selected here are marked on the wire, in Structure and in Source, and what is selected there here.
#include "views/buffer/buffer_view.h"
#include "views/buffer/bytes_pane.h"
#include "views/theme/linked.h"
#include "views/walk/selecting.h"
#include <QTreeWidget>

namespace sockwalk {

void BufferView::selectByte(int offset) {
  if (const QTreeWidgetItem* item = itemAt(offset)) return selectEverywhere(item);
  if (m_picture.present) Selecting::of(m_walk).selectBytes(static_cast<u32>(m_picture.shape.head) + u32(offset), 1);
}

void BufferView::selectEverywhere(const QTreeWidgetItem* item) {
  if (!item || !m_picture.present) return;
  const u32 from = item->data(0, FromRole).toUInt(), to = item->data(0, ToRole).toUInt();
  Selecting::of(m_walk).selectBytes(static_cast<u32>(m_picture.shape.head) + from, to - from);
}

void BufferView::selectInPage(int fragment, int offset) {
  const u32 memory = m_picture.fragments[static_cast<size_t>(fragment)].memory;
  if (memory) Selecting::of(m_walk).selectBytes(memory + static_cast<u32>(offset), 1);
}

// Where the selected bytes are among those that are shown.
BufferView::Marked BufferView::marked(const tell::Selection& s) const {
  if (!s || s.life < 0 || !m_picture.present) return {};
  const auto from = [&](u32 begin, int fragment) {
    return Marked{int(s.offset - begin), int(s.offset - begin + s.size), fragment};
  };
  if (!s.inPage)
    return s.offset - s.inBuffer == u32(m_picture.shape.head) ? from(u32(m_picture.shape.head), -1) : Marked{};
  for (size_t i = 0; i < m_picture.fragments.size(); ++i) {
    const tell::BufferFragment& f = m_picture.fragments[i];
    if (f.memory && s.offset >= f.memory && s.offset < f.memory + f.size) return from(f.memory, int(i));
  }
  return {};
}

// What shares its buffer with the one that is shown is marked there; else the one that has it comes.
void BufferView::showSelection() {
  const tell::Selection& s = Selecting::of(m_walk).now();
  if (!m_walk.isOpen()) return;
  if (s && s.life >= 0 && !marked(s)) {
    m_linked = s.life;
    showPicture(false, m_walk.position());
  }
  markSelection();
}

// Nothing is marked that nobody has written yet.
void BufferView::markSelection() {
  const tell::Selection& s = Selecting::of(m_walk).now();
  const bool written = s.written == NoEvent || s.written < m_walk.position();
  const Marked mark = written ? marked(s) : Marked();
  const bool here = mark && mark.fragment < 0;
  m_bytes->setLinked(mark.from, mark.to, mark.fragment);
  for (QTreeWidgetItem* item : allFields()) {
    const bool same =
        here && item->data(0, FromRole).toUInt() == s.inBuffer && item->data(0, ToRole).toUInt() == s.inBuffer + s.size;
    for (int column = 0; column < 2; ++column) item->setBackground(column, same ? QBrush(linkedFill()) : QBrush());
    if (!same) continue;
    const QSignalBlocker quiet(m_fields);
    m_fields->setCurrentItem(item);
    m_fields->scrollToItem(item);
    lightItem(item);
  }
}

} // namespace sockwalk
