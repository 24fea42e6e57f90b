// The base of a picture that is painted by itself, a diagram or a long list of rows: it scrolls, it is zoomed and moved with
// the mouse, a pinch and keys, it is read out, walked through by keys, searched and shown as a table. A picture says what
// stands in it, item by item, and paints; all else is the same for every one.
//
// Everything is painted in px of the *room*: what the viewport has room for at this zoom, its corner at the top left. What
// is scrolled has to be taken off by the picture (scrolled()), so that a head can stay where it is.
#pragma once
#include "engine/base/types.h"
#include "views/theme/described.h"
#include "views/theme/find_bar.h"
#include <QAbstractScrollArea>

namespace sockwalk {

class PictureCanvas : public QAbstractScrollArea, public Described {
  Q_OBJECT
public:
  explicit PictureCanvas(QWidget* parent = nullptr);

  // ---- zoom: 1 is the size of type that the person has chosen
  double zoom() const { return m_zoom; }
  QSizeF room() const; // px that are in sight, in the picture's own
  virtual bool fitted() const { return m_fitted; }
  virtual void zoomBy(double factor, QPointF around); // px of the viewport
  virtual void fit(); // as much as can be read, the whole if possible; again: as large as usual
  void zoomIn();
  void zoomOut();

  // ---- items, in the order in which one reads them
  virtual int itemCount() const = 0;
  virtual DescribedItem item(int index) const = 0; // its rect in px of the room
  virtual QString itemText(int index) const;  // in which a search looks; of long lists something quicker than the item
  virtual int itemHere() const { return -1; } // of the moment
  void standOn(int index);                    // as the keys do: brought into sight, ringed
  int stoodOn() const;                        // -1: none
  FindBar::Search search();                   // of the items' words
  // An object that the person looks at; what shows it is marked.
  u64 marked() const { return m_marked; }
  void setMarked(u64 address);
  void changed(); // it shows something else: painted and told anew
  void restyle() { refit(); }

signals:
  void goTo(quint32 position);
  void focusWanted(quint64 address);
  void zoomChanged();

protected:
  virtual QStringList headings() const = 0; // of the items' cells
  virtual QString summary() const { return {}; }
  virtual std::pair<int, int> seenItems() const { return {0, itemCount()}; } // the items that are in sight, at least
  virtual int itemIn(QPointF room) const;                                    // -1: none
  virtual void clicked(QPointF room, int item);                              // does what the item does
  virtual QString tipAt(QPointF room, int item) const;
  virtual void paint(QPainter& painter) = 0;
  virtual double contentHeight() const { return 0; } // px, laid out in contentWidth(); 0: it fills its room
  virtual double leastWidth() const { return 0; }    // px; with less room it scrolls to the side
  virtual void layOut() {}                           // the width, the height or the size of type has changed
  virtual QRectF rectOfItem(int index) const { return item(index).rect; }
  virtual double headHeight() const { return 0; } // px that stay at the top while the rest scrolls

  // px in which the picture is laid out: the viewport's; more of it, where it is made smaller or needs more
  double contentWidth() const;
  double fullHeight() const; // for a picture that fills its room
  QPointF scrolled() const;
  void bringIntoSight(const QRectF& room);
  void refit(); // what is drawn has another size

  void paintEvent(QPaintEvent*) override;
  void resizeEvent(QResizeEvent*) override;
  void changeEvent(QEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override { openMenu(*event); }
  bool viewportEvent(QEvent* event) override;
  void focusInEvent(QFocusEvent*) override { viewport()->update(); }
  void focusOutEvent(QFocusEvent*) override { viewport()->update(); }
  void scrollContentsBy(int, int) override;
  void setZoom(double zoom, bool fitted);
  bool dragging() const { return m_dragging; }
  QPointF toRoom(QPointF viewport) const { return viewport / m_zoom; }

private:
  Description describe() const override;
  void showItem(int described) override;
  void addCommands();
  void placeBars();
  void showTip(const QPoint& at, const QPoint& global);

  double m_zoom = 1;
  bool m_fitted = false, m_dragging = false, m_pressing = false;
  QPoint m_pressed;
  u64 m_marked = 0;
  int m_found = -1;            // by a search
  mutable int m_firstTold = 0; // item that the first of the description is
};

} // namespace sockwalk
