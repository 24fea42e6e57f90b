// The kernel's tables at the playhead: who is in which hash bucket, which routes and neighbours there are, which files
// are open. A step marks what it touched; a click looks at the entry in the other views.
#pragma once
#include "engine/tell/tables/tables.h"
#include "views/walk/view.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QStackedWidget;

namespace sockwalk {

class EmptyPage;
class TablesFilter;
class TablesModel;
class TablesTree;

class TablesView final : public View {
  Q_OBJECT
public:
  explicit TablesView(Walk& walk, QWidget* parent = nullptr);
  TablesModel& model() { return *m_model; }
  TablesTree& tree() { return *m_tree; }
  bool find() override;
  // "ops": where calls are led to functions; a table's id ("ehash"); "": all. false: there is none of that name.
  bool showOnly(const QString& tables);

protected:
  void showEvent(QShowEvent* event) override;

private:
  void opened() override;
  void recorded() override { m_live.update(); }
  void moved(EventIndex from, EventIndex to, bool jump) override;
  void focused(u64 address) override;
  void showFocused(); // the row of what is looked at comes into sight, once
  void restyled() override;
  void read(EventIndex from, bool scroll);
  std::vector<tell::KernelTable> readHere();
  tell::StepChanges lastChanges() const;
  void showCount();
  void follow();
  void unfold();
  void lookAt(const QModelIndex& index);
  QWidget* makePage();

  tell::LiveObjects m_live;
  TablesModel* m_model;
  TablesFilter* m_filter;
  TablesTree* m_tree;
  QStackedWidget* m_pages;
  QLineEdit* m_words;
  QComboBox* m_choice;
  QString m_only; // the tables that are listed, all: ""
  QLabel *m_count, *m_stopped;
  EmptyPage* m_empty;
  EventIndex m_stepFrom = 0;
  u64 m_wanted = 0;    // what is looked at, until its row has come into sight
  bool m_stale = true; // it was hidden when the playhead moved
};

} // namespace sockwalk
