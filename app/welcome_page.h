// The way in: three doors, what was open last and where one was in it, samples with what there is to watch in each, and in
// which language. It lies over the whole window below the menus; the walk is open behind it, and any step goes there.
#pragma once
#include <functional>
#include <QPointer>
#include <QWidget>

class QAction;
class QBoxLayout;
class QLabel;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace sockwalk {

class PictureCard;
class Walk;

class WelcomePage final : public QWidget {
  Q_OBJECT
public:
  // `atStart`: the switch whose opposite its box is; `socketSteps`: how many steps the socket() walk has, 0 if nobody
  // knows; `window`: whom it covers.
  WelcomePage(Walk& walk, QAction& atStart, std::function<int()> socketSteps, QWidget* window);
  void welcome(); // shows it, with what there is now

  static bool wantedAtStart(); // the person's setting
  static void setWantedAtStart(bool wanted);

signals:
  void walkWanted(); // the one on socket()
  void openWanted();
  void lessonWanted(const QString& file);
  void sampleWanted(const QString& path);
  void recentWanted(const QString& path);
  void tourWanted();
  void tapWanted();
  void languageWanted(bool chinese);
  void gone();

protected:
  void paintEvent(QPaintEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void hideEvent(QHideEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

private:
  void build();
  QWidget* buildTop();
  void buildHead(QVBoxLayout* box);
  void buildDoors(QVBoxLayout* box);
  QWidget* lessonDoor();
  void buildLists(QVBoxLayout* box);
  QWidget* recentColumn();
  QWidget* samplesGrid();
  QWidget* links();
  QWidget* foot(); // stays in sight
  QWidget* inTheMiddle(QWidget* column) const;
  QPushButton* link(const QString& text, const QString& tip);
  void cover();
  void lockTheRest(bool lock);

  Walk& m_walk;
  QAction& m_atStart;
  std::function<int()> m_socketSteps;
  QScrollArea* m_scroll;
  QWidget *m_top = nullptr, *m_foot = nullptr;
  bool m_allSamples = false;         // or only the first
  QPointer<QWidget> m_keysWere;      // before the page was there
  QList<QPointer<QWidget>> m_locked; // what lies behind takes no keys meanwhile
};

} // namespace sockwalk
