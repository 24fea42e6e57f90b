// A pane of hexadecimal bytes as words: a row of the pane is an item. Up and down go from row to row, left and right from
// byte to byte, and choose it as a click does.
#pragma once
#include "views/theme/described.h"
#include <QByteArray>

class QScrollBar;

namespace sockwalk {

class DescribedBytes : public Described {
  Q_DECLARE_TR_FUNCTIONS(sockwalk::DescribedBytes)
public:
  explicit DescribedBytes(QWidget& canvas) : Described(canvas, QAccessible::List) {}

  // The bytes that are selected everywhere, marked in the rows that have them; to <= from: none. `part`: of these rows, which
  // count from a beginning of their own; -1: of the others.
  void setLinked(int from, int to, int part = -1);
  int linkedFrom() const { return m_linkedFrom; }
  int linkedTo() const { return m_linkedTo; }
  int linkedPart() const { return m_linkedPart; }

protected:
  bool isLinked(int offset, int part = -1) const {
    return part == m_linkedPart && offset >= m_linkedFrom && offset < m_linkedTo;
  }
  struct ByteRow {
    int from; // offset of the first byte
    QByteArray bytes;
    QRect rect;   // on the surface, in sight or not
    QString of{}; // what the offset counts from, if not from the beginning: "fragment 0"
    int part = -1;
  };
  virtual std::vector<ByteRow> byteRows() const = 0;
  virtual void scrollToRow(int row) = 0;
  virtual void chooseByte(int row, int offset) = 0; // as a click on it
  bool moveAmongBytes(const QKeyEvent* event);
  // No farther than it must, in whatever the bar counts: rows or pixels.
  static void scrollTo(QScrollBar& bar, int top, int height);

private:
  Description describe() const override;
  void showItem(int row) override;

  int m_linkedFrom = 0, m_linkedTo = 0, m_linkedPart = -1;
  int m_column = 0; // that the keyboard stands in
};

} // namespace sockwalk
