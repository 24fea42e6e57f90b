// The ring around whatever has the keys, the same for every button, tab, list, canvas and card: one widget that lies over
// the one with the focus and lets the mouse through. It shows while somebody works by keyboard, and hides at a click.
#pragma once
#include <QWidget>

class QApplication;

namespace sockwalk {

class FocusRing final : public QWidget {
public:
  explicit FocusRing(QWidget* window);
  // Both of the window; `row`: the current one of a list, empty if there is none.
  void lieOn(const QRect& place, const QRect& row);
  const QRect& row() const { return m_row; }  // of the ring itself
  static constexpr int Width = 2, Outset = 2; // px

protected:
  void paintEvent(QPaintEvent* event) override;

private:
  QRect m_row;
};

void installFocusRing(QApplication& app); // once for an application
// The ring that is to be seen, nullptr while there is none.
FocusRing* shownFocusRing();

} // namespace sockwalk
