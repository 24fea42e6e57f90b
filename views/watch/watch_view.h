// What a person watches: members chosen in Structure, with their values at the playhead; what the step changed is marked.
#pragma once
#include "views/walk/view.h"

class QLabel;
class QStackedWidget;
class QTableView;

namespace sockwalk {

class FindBar;
class WatchModel;

class WatchView final : public View {
  Q_OBJECT
public:
  explicit WatchView(Walk& walk, QWidget* parent = nullptr);
  WatchModel& model() { return *m_model; }
  QTableView* table() { return m_table; }
  bool find() override;

private:
  void opened() override;
  void moved(EventIndex from, EventIndex to, bool jump) override;
  void restyled() override { layOut(); }
  void layOut();
  void showPage();
  void buildMenu();
  void removeChosen();
  void lookAt(const QModelIndex& index);

  WatchModel* m_model;
  QTableView* m_table;
  QStackedWidget* m_pages;
  FindBar* m_find;
};

} // namespace sockwalk
