// Room for everything: how wide and how high the docks are around the stage, and which of them fold because there is not
// room for all.
//
// As long as nobody has dragged an edge, the sizes follow from the window's (LOOK.md's proportions at 1280x800), so that a
// window that grows gives each its share. What a person has folded stays folded; of the rest those fold by themselves that
// do not fit, first those that were asked for longest ago, and come back when there is room or when they are clicked.
#pragma once
#include "app/card_dock.h"
#include <QJsonObject>
#include <QMainWindow>
#include <QSet>

class QStatusBar;

namespace sockwalk {

// What a dock is of use with, px at type of normal size, and its share of a column's height.
struct DockNeeds {
  QSize least;
  int share = 50;
};

class DockRoom final : public QObject {
  Q_OBJECT
public:
  explicit DockRoom(QMainWindow& window);
  void add(CardDock* dock, const DockNeeds& needs);

  void reset();   // nothing folded, nothing sized by hand
  void arrange(); // folds and sizes, as the window has room
  // By the person, who may ask for more than fits: something else folds then.
  void setFolded(CardDock* dock, bool folded);
  void ask(CardDock* dock); // of all, it is the last to fold by itself
  bool isFoldedByHand(const CardDock* dock) const { return m_folded.contains(dock->objectName()); }
  // By keys: false if no edge moves. A stage that grows takes from what stands on its right, else its left; or below it.
  bool grow(CardDock* dock, Qt::Orientation along, int px);
  bool growStage(Qt::Orientation along, int px);
  void setTall(bool tall);       // below stands a list that needs rows
  void setWide(bool wide);       // ... from edge to edge, under what stands on the right as well
  void setReading(bool reading); // on the left stand words that want lines
  void setPaused(bool paused);   // the stage has the whole window
  void setStageWidth(int least); // px, at type of normal size, below which the stage is of no use
  QJsonObject state() const;
  void restore(const QJsonObject& state); // after the docks stand where they belong

signals:
  void edited(const QString& what); // by the person: "fold Structure"
  void sized();                     // ... or not: sizes have changed

protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

private:
  QSize room() const; // for docks and stage
  double grown(double px, double part) const;
  QList<CardDock*> docksAt(Qt::DockWidgetArea area) const; // that are seen; of those behind tabs the first
  QSize least(const CardDock* dock) const;
  bool under(Qt::Corner corner) const { return m_window.corner(corner) == Qt::BottomDockWidgetArea; }
  int aboveStage() const;
  int bottomHeight() const;
  int columnHeight(Qt::DockWidgetArea area) const;
  QSet<CardDock*> foldedAlready() const;
  void foldBelow(QSet<CardDock*>& folded) const;
  void foldColumn(Qt::DockWidgetArea area, QSet<CardDock*>& folded) const;
  void foldSides(QSet<CardDock*>& folded) const;
  CardDock* longestAgo(const QList<CardDock*>& docks, const QSet<CardDock*>& folded) const;
  bool fit(); // true if a dock has changed its shape
  void size();
  void sizeColumn(Qt::DockWidgetArea area);

  QMainWindow& m_window;
  QStatusBar* m_status;
  QList<CardDock*> m_docks;
  QHash<const CardDock*, DockNeeds> m_needs;
  QList<CardDock*> m_asked;     // last: the one that the person has asked for last
  QSet<QString> m_folded;       // by the person
  QHash<QString, QSize> m_open; // how large it was before it was folded
  QList<QSize> m_pressed;       // sizes when the button of the mouse went down
  int m_stageWidth;
  bool m_tall = false, m_reading = false, m_byHand = false, m_paused = false, m_arranging = false;
};

} // namespace sockwalk
