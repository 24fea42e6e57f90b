// What a view shows while it has nothing to show: why, and a button with which there will be something.
#pragma once
#include <QWidget>

class QLabel;
class QPushButton;

namespace sockwalk {

class Walk;

class EmptyPage final : public QWidget {
  Q_OBJECT
public:
  explicit EmptyPage(Walk& walk, QWidget* parent = nullptr);
  void say(const QString& title, const QString& words);

signals:
  void openRequested(); // no walk is open: choose one

private:
  Walk& m_walk;
  QLabel *m_title, *m_words;
  QPushButton* m_button;
};

} // namespace sockwalk
