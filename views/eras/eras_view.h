// Then and now: the calls of the walk on 2.6 and on 6.1, side by side; on pages of their own, structures of both.
#pragma once
#include "views/eras/other_walk.h"
#include "views/walk/picture_view.h"

class QComboBox;
class QToolButton;

namespace sockwalk {

class ErasCanvas;

class ErasView final : public PictureView {
  Q_OBJECT
public:
  explicit ErasView(Walk& walk, QWidget* parent = nullptr);
  ErasCanvas& canvas() { return *m_canvas; }
  // "calls", or the name of a structure of both kernels. false: there is no such page.
  bool showPage(const QString& page);
  QString page() const { return m_page; }
  QStringList pages() const;

private:
  void opened() override;
  void recorded() override;
  void moved(EventIndex from, EventIndex to, bool jump) override;
  void refresh() override;
  void showCalls();
  void showStructure();
  void drawCalls();

  OtherWalk m_other;
  QString m_page, m_drawn; // the page that is wanted; that the picture is of, "": it has to be made anew
  int m_version = -1;      // of the other walk, that was drawn
  QToolButton* m_calls;
  QComboBox* m_structures;
  ErasCanvas* m_canvas;
};

} // namespace sockwalk
