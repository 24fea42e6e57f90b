// A dock that looks like LOOK.md's cards: one white sheet with a hairline, and a slim title to take it by. The title is the
// view's own heading, so that no line says less than it could.
//
// It folds to that heading, or, at a side of the window of which nothing else is open, to a spine as narrow as its title is
// high. What folds when is DockRoom's business.
#pragma once
#include <QDockWidget>

class QVBoxLayout;

namespace sockwalk {

class CardDock final : public QDockWidget {
  Q_OBJECT
public:
  enum class Shape { Open, Heading, Spine };

  // `name` is the dock's object name, by which saved layouts know it.
  // `header` (tabs, a view's heading) stands in the title's place.
  CardDock(const QString& name, const QString& title, QWidget* content, QWidget* parent, QWidget* header = nullptr);
  QWidget* content() const { return m_content; }
  Shape shape() const { return m_shape; }
  void setShape(Shape shape);
  bool isFolded() const { return m_shape != Shape::Open; }
  int headingHeight() const; // what it is as high as when it is folded to its heading
  int spineWidth() const;

signals:
  void foldWanted(bool fold); // by its arrow, a double click on its title, a click on its spine

protected:
  void paintEvent(QPaintEvent* event) override;

private:
  class TitleBar;
  class Spine;
  QWidget* m_content;
  QWidget* m_sheet; // what the content lies on
  TitleBar* m_title;
  Spine* m_spine;
  Shape m_shape = Shape::Open;
};

// Paints the rounded sheet that docks and the stage lie on.
void paintCard(QWidget* widget);

} // namespace sockwalk
