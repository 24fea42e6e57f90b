// The queues, painted. A click on what waits looks at it in the other views.
#pragma once
#include "views/queues/queues_layout.h"
#include <QWidget>

namespace sockwalk {

class QueuesCanvas final : public QWidget {
  Q_OBJECT
public:
  explicit QueuesCanvas(QWidget* parent = nullptr);
  void setTables(std::vector<tell::KernelTable> tables);
  const QueuesLayout& layout() const { return m_layout; }
  void layOut();

signals:
  void focusWanted(quint64 address);

protected:
  void paintEvent(QPaintEvent*) override;
  void resizeEvent(QResizeEvent*) override { layOut(); }
  void mousePressEvent(QMouseEvent* event) override;
  bool event(QEvent* event) override;

private:
  void paintLine(QPainter& p, const QueueLine& line) const;
  void paintCell(QPainter& p, const QueueCell& cell) const;

  std::vector<tell::KernelTable> m_tables;
  QueuesLayout m_layout;
};

} // namespace sockwalk
