// The search field of the transport bar, with its list of hits below it. Enter or a click goes there.
#pragma once
#include "app/search_index.h"
#include <QLineEdit>
#include <QPointer>
#include <QTimer>

class QListWidget;

namespace sockwalk {

class SearchBox final : public QLineEdit {
  Q_OBJECT
public:
  SearchBox(Walk& walk, StepCount& steps, QWidget* parent = nullptr);
  const std::vector<SearchHit>& hits() const { return m_hits; }
  void go(int row); // takes the hit of that row
  void begin();     // Ctrl+P
  void addSource(SearchSource source) { m_sources.push_back(std::move(source)); }

signals:
  void begun(); // a person begins to search

protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

private:
  void find();
  void gather();
  void fill();
  void leave();
  void noteFocus(QWidget* before, QWidget* now);
  void jump(const SearchHit& hit);
  void place();
  void closeList();

  Walk& m_walk;
  StepCount& m_steps;
  SearchedRecord m_record;
  QListWidget* m_list;
  std::vector<SearchHit> m_hits;
  std::vector<SearchSource> m_sources;
  QTimer m_more;              // a source has not looked at everything yet
  QPointer<QWidget> m_before; // had the keys before the search
};

} // namespace sockwalk
