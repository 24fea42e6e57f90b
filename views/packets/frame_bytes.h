// The bytes of a frame, sixteen a line, in hexadecimal and as text; a run of them can be lit.
#pragma once
#include "views/theme/described_bytes.h"
#include <QAbstractScrollArea>
#include <QByteArray>

namespace sockwalk {

class FrameBytes final : public QAbstractScrollArea, public DescribedBytes {
  Q_OBJECT
public:
  explicit FrameBytes(QWidget* parent = nullptr);
  void setBytes(const QByteArray& bytes);
  void light(int offset, int length);
  int litOffset() const { return m_offset; }

signals:
  void clicked(int offset);

protected:
  void paintEvent(QPaintEvent*) override;
  void resizeEvent(QResizeEvent*) override;
  void mousePressEvent(QMouseEvent*) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusInEvent(QFocusEvent*) override { viewport()->update(); }
  void focusOutEvent(QFocusEvent*) override { viewport()->update(); }
  void contextMenuEvent(QContextMenuEvent* event) override { openMenu(*event); }
  void scrollContentsBy(int dx, int dy) override;

private:
  std::vector<ByteRow> byteRows() const override;
  void scrollToRow(int row) override;
  void chooseByte(int row, int offset) override;
  int lineHeight() const;
  int columns() const; // bytes a line: what fits, 8 or 16
  void updateBar();

  QByteArray m_bytes;
  int m_offset = 0, m_length = 0;
};

} // namespace sockwalk
