// What a tour says at a stop: a small card beside a part of the window, and a frame around that part. Both are children of
// the window, so they move, grow and change their looks with it; the frame lets every click through.
#pragma once
#include <QFrame>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace sockwalk {

// Around the part that is spoken of.
class TourFrame final : public QWidget {
  Q_OBJECT
public:
  explicit TourFrame(QWidget* window);

protected:
  void paintEvent(QPaintEvent* event) override;
};

class TourBubble final : public QFrame {
  Q_OBJECT
public:
  struct Words {
    QString where; // "3 of 10"
    QString title, text;
    QString task;  // "Press F11."
    QString after; // once it is done: what there is to see now; "" as long as it is not
    bool first = false, last = false;
  };
  explicit TourBubble(QWidget* window);
  void say(const Words& words);
  void standBeside(const QRect& target); // in the window's coordinates
  QString title() const;
  QString spoken() const; // all that it says

signals:
  void back();
  void next();
  void leave();

protected:
  void paintEvent(QPaintEvent* event) override;
  void showEvent(QShowEvent* event) override;

private:
  void buildHead(QVBoxLayout* box);
  void buildFoot(QVBoxLayout* box);
  QSize sizeFor(int width) const;

  QLabel *m_where, *m_title, *m_text, *m_task, *m_after;
  QPushButton *m_back, *m_next, *m_leave;
};

} // namespace sockwalk
