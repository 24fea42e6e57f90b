// The queues, painted. A click on what waits looks at it in the other views.
#pragma once
#include "views/queues/queues_layout.h"
#include "views/theme/picture_canvas.h"

namespace sockwalk {

class QueuesCanvas final : public PictureCanvas {
  Q_OBJECT
public:
  explicit QueuesCanvas(QWidget* parent = nullptr);
  void setTables(std::vector<tell::KernelTable> tables);
  const QueuesLayout& layout() const { return m_layout; }
  int itemCount() const override { return static_cast<int>(m_items.size()); }
  DescribedItem item(int index) const override;
  QString itemText(int index) const override;

protected:
  QStringList headings() const override;
  QString summary() const override;
  QRectF rectOfItem(int index) const override;
  std::pair<int, int> seenItems() const override;
  void clicked(QPointF room, int item) override;
  void paint(QPainter& painter) override;
  double contentHeight() const override { return m_layout.height(); }
  double leastWidth() const override;
  void layOut() override;

private:
  struct Item {
    const QueueLine* line;
    const QueueCell* cell; // nullptr: the queue itself
    u64 address() const { return cell ? cell->address : line->address; }
    const QRectF& rect() const { return cell ? cell->rect : line->head; }
  };
  void paintLine(QPainter& p, const QueueLine& line) const;
  void paintCell(QPainter& p, const QueueCell& cell) const;

  std::vector<tell::KernelTable> m_tables;
  QueuesLayout m_layout;
  std::vector<Item> m_items; // each queue, then what waits in it
};

} // namespace sockwalk
