// The search field of the transport bar, with its list of hits below it. Enter or a click goes there.
#pragma once
#include "app/search_index.h"
#include <QLineEdit>

class QListWidget;

namespace sockwalk {

class SearchBox final : public QLineEdit {
  Q_OBJECT
public:
  SearchBox(Walk& walk, StepCount& steps, QWidget* parent = nullptr);
  const std::vector<SearchHit>& hits() const { return m_hits; }
  void go(int row); // takes the hit of that row
  void begin();     // Ctrl+P

protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

private:
  void find();
  void place();
  void closeList();

  Walk& m_walk;
  StepCount& m_steps;
  CalledFunctions m_called;
  QListWidget* m_list;
  std::vector<SearchHit> m_hits;
};

} // namespace sockwalk
