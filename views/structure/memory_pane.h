// The raw memory of an object: offsets, hex and characters; bytes that the last step changed are marked, and
// those of the member looked at are underlined.
#pragma once
#include "engine/tell/structures/subject.h"
#include "views/theme/described_bytes.h"
#include <QAbstractScrollArea>

namespace sockwalk {

class MemoryPane final : public QAbstractScrollArea, public DescribedBytes {
  Q_OBJECT
public:
  explicit MemoryPane(QWidget* parent = nullptr);
  void show(const Playhead* at, const tell::StructureSubject& subject, const tell::SubjectChanges& changes);
  void select(u32 offset, u32 size);

signals:
  void clicked(quint32 offset); // from the subject's base

protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusInEvent(QFocusEvent*) override { viewport()->update(); }
  void focusOutEvent(QFocusEvent*) override { viewport()->update(); }
  void contextMenuEvent(QContextMenuEvent* event) override { openMenu(*event); }
  void scrollContentsBy(int dx, int dy) override;

private:
  std::vector<ByteRow> byteRows() const override;
  void scrollToRow(int row) override;
  void chooseByte(int row, int offset) override;
  void layOut();
  double rowHeight() const;
  double cell() const;
  double firstByte() const;
  const Playhead* m_at = nullptr;
  tell::StructureSubject m_subject;
  tell::SubjectChanges m_changes;
  u32 m_perRow = 8, m_selected = 0, m_selectedSize = 0;
};

} // namespace sockwalk
