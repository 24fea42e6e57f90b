// A dock that looks like LOOK.md's cards: one white sheet with a hairline, and a slim title to take it by.
#pragma once
#include <QDockWidget>

class QLabel;
class QToolButton;
class QVBoxLayout;

namespace sockwalk {

class CardDock final : public QDockWidget {
  Q_OBJECT
public:
  // `name` is the dock's object name, by which saved layouts know it.
  // `header` (tabs, for instance) stands in the title's place.
  CardDock(const QString& name, const QString& title, QWidget* content, QWidget* parent, QWidget* header = nullptr);
  QWidget* content() const { return m_content; }

protected:
  void paintEvent(QPaintEvent* event) override;

private:
  QWidget* m_content;
};

// Paints the rounded sheet that docks and the stage lie on.
void paintCard(QWidget* widget);

} // namespace sockwalk
