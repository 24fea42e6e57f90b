// Where queues and what waits in them lie, in px from the top left of the picture: a line for each queue, its head at the left,
// the first that will leave next to it. Those in which nothing waits are small.
#pragma once
#include "engine/tell/tables/tables.h"
#include <QRectF>
#include <QString>
#include <vector>

namespace sockwalk {

struct QueueCell {
  QRectF rect;
  QString upper, lower, tip; // "seq 1…1001", "1000 bytes"
  u64 address = 0;
  tell::RowMark mark = tell::RowMark::None;
};
struct QueueLine {
  QRectF rect, head;
  QString title, owner, detail; // "receive", "tcp_sock #2 · 10.0.0.1:80 ↔ ...", "5 buffers · 5000 bytes, ..."
  u64 address = 0;
  tell::RowMark mark = tell::RowMark::None;
  std::vector<QueueCell> cells;
};
struct QueueHeading {
  QRectF rect;
  QString words;
};

class QueuesLayout {
public:
  QueuesLayout() = default;
  QueuesLayout(const std::vector<tell::KernelTable>& tables, double width);
  const std::vector<QueueLine>& lines() const { return m_lines; }
  const std::vector<QueueHeading>& headings() const { return m_headings; }
  double height() const { return m_height; }

private:
  void put(const tell::KernelTable& table, double width);
  void putCells(QueueLine& line, const std::vector<const tell::TableRow*>& rows, double width);

  std::vector<QueueLine> m_lines;
  std::vector<QueueHeading> m_headings;
  double m_height = 0;
};

} // namespace sockwalk
