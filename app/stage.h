// The middle of the window: one stage at a time, chosen by tabs, or two side by side on wish.
#pragma once
#include <array>
#include <QTabBar>
#include <QWidget>

class QSplitter;
class QStackedWidget;
class QToolButton;

namespace sockwalk {

class TabStrip;

class Stage final : public QWidget {
  Q_OBJECT
public:
  explicit Stage(QWidget* parent = nullptr);
  void addView(const QString& name, const QString& title, QWidget* view);
  QStringList names() const { return m_names; }
  void show(const QString& name);       // brings the view to the front, in the pane used last
  void showBeside(const QString& name); // in the other pane, which opens if there is one only; what is there comes back
  void swapPanes();
  void goToOtherPane();    // the keys go there
  QString current() const; // of the pane used last
  QWidget* currentView() const;
  bool split() const { return m_split; }
  int leastWidth() const; // px, at type of normal size, below which it is of no use
  void setSplit(bool split);
  QString state() const; // "buffer", "call-path|objects", "call-path|objects|40" (percent of the left one)
  void restore(const QString& state);
  void reset();
  void showWhole(bool whole); // whether it has the whole window

signals:
  void changed();
  void wholeWanted(bool whole);

protected:
  void paintEvent(QPaintEvent* event) override;

private:
  struct Pane {
    QWidget* frame;
    TabStrip* strip;
    QTabBar* tabs;
    QStackedWidget* pages;
    int shown = -1; // index in m_views
  };
  void buildPane(int pane);
  void buildButtons(QWidget* header);
  void showIn(int pane, int view);
  void use(const QWidget* focus); // the pane that the keys have come to is the one used
  void updateActions();
  int percentOfLeft() const;

  QSplitter* m_panesBox;
  std::array<Pane, 2> m_panes;
  QToolButton *m_splitButton, *m_wholeButton;
  QStringList m_names;
  QList<QWidget*> m_views;
  bool m_split = false, m_busy = false;
  int m_active = 0;
};

} // namespace sockwalk
