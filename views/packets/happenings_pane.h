// "What happened here": the way in for an engineer. A bar in the colour of how bad it was, the number of the frame, the words;
// choosing one asks to be taken to the place in the kernel where it was decided.
#pragma once
#include "views/packets/happenings_model.h"
#include "views/theme/find_bar.h"
#include <QWidget>

class QCheckBox;
class QLabel;
class QListView;
class QStackedWidget;

namespace sockwalk {

class HappeningsPane final : public QWidget {
  Q_OBJECT
public:
  explicit HappeningsPane(QWidget* parent = nullptr);
  void setJournal(const Journal* journal, EventIndex until = NoEvent); // nullptr: there is no walk
  void recorded(EventIndex until = NoEvent);                           // it has grown
  void setPosition(EventIndex position); // where the walk is: the last that had happened there is marked
  // How a frame is called in the list beside it; without this, by its number in PacketList.
  void setNumbering(HappeningsModel::Numbering numbering) { m_model->setNumbering(std::move(numbering)); }

  // On which host something happened, where a walk has several.
  void setHosts(HappeningsModel::HostOf hostOf) { m_model->setHosts(std::move(hostOf)); }
  // Of what is listed now.
  FindBar::Search search();

  const HappeningsModel& model() const { return *m_model; }
  QListView* list() { return m_list; }
  QLabel* heading() { return m_heading; }
  QLabel* count() { return m_count; }
  QLabel* empty() { return m_empty; } // the words that stand there instead of an empty list
  QCheckBox* problemsOnly() { return m_problemsOnly; }
  QCheckBox* everything() { return m_everything; } // the smaller moments, too

signals:
  void goTo(EventIndex event); // a walk that stands just behind it has it before its eyes

private:
  void layOutList();
  void restyle();
  void showState();

  HappeningsModel* m_model;
  HappeningsFilter* m_filter;
  QLabel *m_heading, *m_count, *m_empty;
  QCheckBox *m_problemsOnly, *m_everything;
  QListView* m_list;
  QStackedWidget* m_pages;
};

} // namespace sockwalk
