// Where a captured frame and ours part: both side by side, field for field.
#pragma once
#include "engine/tell/packets/packet_comparison.h"
#include <QWidget>

class QLabel;
class QPushButton;
class QTreeWidget;

namespace sockwalk {

class ComparisonPane final : public QWidget {
  Q_OBJECT
public:
  explicit ComparisonPane(QWidget* parent = nullptr);
  void setComparison(const tell::PacketComparison& comparison); // without lines: there is nothing to compare
  QTreeWidget* table() { return m_table; }
  QLabel* words() { return m_words; }
  QPushButton* decision() { return m_decision; }

signals:
  void goTo(sockwalk::EventIndex event);

private:
  QTreeWidget* m_table;
  QLabel* m_words;
  QPushButton* m_decision;
  EventIndex m_decided = NoEvent;
};

} // namespace sockwalk
