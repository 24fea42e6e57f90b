// The packet's bytes as rows of hex, a new row with each header, offsets from head in front. What lies in
// front of data is dim; the bytes that a field is made of are lit.
#pragma once
#include "engine/tell/buffers/buffer_picture.h"
#include "views/theme/described_bytes.h"
#include <QAbstractScrollArea>

namespace sockwalk {

class BytesPane final : public QAbstractScrollArea, public DescribedBytes {
  Q_OBJECT
public:
  explicit BytesPane(QWidget* parent = nullptr);
  void show(const tell::BufferPicture& picture);
  void highlight(int from, int to, bool scroll);
  QString rowsText() const; // what is drawn, for copying and tests

signals:
  void hovered(int offset); // -1: none
  void clicked(int offset);
  void fragmentClicked(int fragment, int offset); // from the fragment's beginning

protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusInEvent(QFocusEvent*) override { viewport()->update(); }
  void focusOutEvent(QFocusEvent*) override { viewport()->update(); }
  void contextMenuEvent(QContextMenuEvent* event) override { openMenu(*event); }
  void scrollContentsBy(int dx, int dy) override;

private:
  std::vector<ByteRow> byteRows() const override;
  void scrollToRow(int row) override;
  void chooseByte(int row, int offset) override;
  struct Row {
    u32 from, to;
    PacketPart part;
    int fragment = -1; // from and to count from the fragment's beginning
    bool written = true;
  };
  u8 byteAt(const Row& row, u32 at) const;
  void layOut();
  double rowHeight() const;
  double firstByte() const; // px
  void paintRow(QPainter& p, const Row& row, double y) const;
  void paintByte(QPainter& p, const Row& row, u32 offset, const QRectF& at, double cell) const;
  const Row* rowAt(double y) const;
  int offsetAt(const Row* row, double x) const; // -1: there is no byte
  void choose(const Row* row, int offset);
  int m_perRow = 16;
  tell::BufferPicture m_picture;
  std::vector<Row> m_rows;
  int m_litFrom = -1, m_litTo = -1;
};

} // namespace sockwalk
