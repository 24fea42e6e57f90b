// The way in: three doors, what was open last, and samples with what there is to watch in each. It lies over the whole
// window below the menus; the walk is open behind it, and any step goes there.
#pragma once
#include <QPointer>
#include <QWidget>

class QAction;
class QScrollArea;
class QVBoxLayout;

namespace sockwalk {

class Walk;

class WelcomePage final : public QWidget {
  Q_OBJECT
public:
  // `atStart`: the switch whose opposite its box is; `window`: whom it covers.
  WelcomePage(Walk& walk, QAction& atStart, QWidget* window);
  void welcome(); // shows it, with what there is now

  static bool wantedAtStart(); // the person's setting
  static void setWantedAtStart(bool wanted);

signals:
  void walkWanted(); // the one on socket()
  void openWanted();
  void lessonWanted(const QString& file);
  void fileWanted(const QString& path);

protected:
  void paintEvent(QPaintEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void hideEvent(QHideEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

private:
  void build();
  void buildHead(QVBoxLayout* box);
  void buildDoors(QVBoxLayout* box);
  void buildLists(QVBoxLayout* box);
  QWidget* recentColumn();
  QWidget* samplesGrid();
  QWidget* foot(); // stays in sight
  static QWidget* inTheMiddle(QWidget* column);
  void cover();
  void lockTheRest(bool lock);

  Walk& m_walk;
  QAction& m_atStart;
  QScrollArea* m_scroll;
  QWidget* m_foot = nullptr;
  QPointer<QWidget> m_keysWere;      // before the page was there
  QList<QPointer<QWidget>> m_locked; // what lies behind takes no keys meanwhile
};

} // namespace sockwalk
