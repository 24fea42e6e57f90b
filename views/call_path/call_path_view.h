// The central stage: the calls of the current stimulus, with the function that runs lit.
#pragma once
#include "views/call_path/call_path_stage.h"
#include "views/walk/view.h"

class QLabel;
class QStackedWidget;
class QToolButton;

namespace sockwalk {

class ElidedLabel;

class FindBar;

class CallPathView final : public View {
  Q_OBJECT
public:
  explicit CallPathView(Walk& walk, QWidget* parent = nullptr);
  CallPathStage& stage() { return *m_stage; }
  QLabel* reached() { return m_reached; }
  FindBar* findBar() { return m_find; }
  bool find() override;

public slots:
  void fit();    // the whole picture
  void follow(); // readable size, the running function kept in sight

private:
  void opened() override { forget(); }
  void recorded() override;
  void moved(EventIndex from, EventIndex to, bool jump) override;
  void restyled() override;
  void resizeEvent(QResizeEvent* event) override;
  void showMoment(bool glide);
  struct Drawn {
    // By their first calls, for a node has another number once calls of another are told apart.
    std::set<EventIndex> opened;      // nodes below which a fold has been entered
    tell::CallPath::Opened toldApart; // merged nodes whose calls are shown each for itself
    std::shared_ptr<const PathPicture> picture;
  };
  std::shared_ptr<const tell::CallPath> pathOf(int stimulus);
  std::shared_ptr<const PathPicture> pictureFor(const std::shared_ptr<const tell::CallPath>& path);
  std::set<int> openedNodes(const tell::CallPath& path, const Drawn& drawn) const;
  std::shared_ptr<const PathPicture> bestLayout(const std::shared_ptr<const tell::CallPath>& path,
                                                const std::vector<int>& shown);
  double stageWidth() const;
  double stageHeight() const;
  void forget();
  void openFold(int node);
  void tellCallsApart(int node);
  void goToCall(int node, bool backward);
  void openMenu(int node, const QPoint& at);
  void buildFind();
  void showFound(int node);
  bool choose(int node); // false: more is open than a picture holds
  void showMark();       // the function that a lesson points at
  int roomForNodes(const tell::CallPath& path) const;
  void setTitle(const tell::CallPath& path);
  void showReached(const std::optional<tell::TableCard>& card);

  QStackedWidget* m_pages;
  CallPathStage* m_stage;
  FindBar* m_find;
  bool m_marks = false;
  ElidedLabel *m_title, *m_subtitle;
  QLabel* m_reached; // how the running function was come to, where the card finds no room on the stage
  QToolButton *m_fit, *m_follow, *m_all;
  QHash<int, std::shared_ptr<const tell::CallPath>> m_paths; // by stimulus
  double m_laidOutFor = 0;                                   // px: the width
  QHash<int, Drawn> m_drawn; // by stimulus: laid out once, and again only where something opens
};

} // namespace sockwalk
