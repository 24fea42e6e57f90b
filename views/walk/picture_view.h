// A view that is one picture (views/theme/picture_canvas.h), with a line above it and a page that stands for it while there
// is nothing to draw. All such views follow the walk, search and mark what is looked at in the same way.
#pragma once
#include "views/walk/view.h"

class QHBoxLayout;
class QLabel;
class QStackedWidget;
class QToolButton;
class QVBoxLayout;

namespace sockwalk {

class ElidedLabel;
class EmptyPage;
class FindBar;
class PictureCanvas;

class PictureView : public View {
  Q_OBJECT
public:
  // `what` can be searched for: "A segment, its numbers".
  PictureView(Walk& walk, PictureCanvas* canvas, const QString& what, QWidget* parent);
  bool find() override;
  QString title() const; // of setTitle()

protected:
  // What is drawn is read anew, if somebody sees it: the walk has moved, the record has grown.
  virtual void refresh() = 0;
  void refreshIfSeen();
  void showPicture(bool any); // or the page that stands for it
  void sayEmpty(const QString& title, const QString& words);
  void setTitle(const QString& words); // where nothing else stands in the line above
  QHBoxLayout& head() { return *m_head; }
  QVBoxLayout& column() { return *m_column; }
  static QToolButton* link(const QString& text, const QString& tip, bool checkable);

  void showEvent(QShowEvent* event) override;
  void moved(EventIndex, EventIndex, bool) override { refreshIfSeen(); }
  void focused(u64 address) override;
  void restyled() override;

private:
  PictureCanvas* m_picture;
  QStackedWidget* m_pages;
  EmptyPage* m_empty;
  ElidedLabel* m_title = nullptr;
  QHBoxLayout* m_head;
  QVBoxLayout* m_column;
  FindBar* m_find;
};

} // namespace sockwalk
