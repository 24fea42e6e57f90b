#include "views/theme/picture_canvas.h"
#include "views/theme/pinch.h"
#include "views/theme/theme.h"
#include <algorithm>
#include <cmath>
#include <QAction>
#include <QApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

namespace sockwalk {

constexpr double Smallest = 0.5, Largest = 3, Turn = 1.15; // of the zoom; by a notch of the wheel

PictureCanvas::PictureCanvas(QWidget* parent) : QAbstractScrollArea(parent), Described(*static_cast<QWidget*>(this)) {
  setFrameShape(QFrame::NoFrame);
  setFocusPolicy(Qt::StrongFocus);
  viewport()->setMouseTracking(true);
  viewport()->grabGesture(Qt::PinchGesture);
  setMinimumSize(240, 160);
  addCommands();
}

void PictureCanvas::addCommands() {
  const auto command = [this](const QString& words, const char* key, void (PictureCanvas::*act)()) {
    auto* action = new QAction(words + '\t' + QLatin1String(key), this);
    connect(action, &QAction::triggered, this, act);
    addAction(action);
  };
  command(tr("Larger"), "+", &PictureCanvas::zoomIn);
  command(tr("Smaller"), "-", &PictureCanvas::zoomOut);
  command(tr("Fit, or as large as usual"), "0", &PictureCanvas::fit);
}

// ---- room and zoom
QSizeF PictureCanvas::room() const { return QSizeF(viewport()->size()) / m_zoom; }
double PictureCanvas::contentWidth() const {
  return std::max(viewport()->width() / std::min(1.0, m_zoom), leastWidth());
}
double PictureCanvas::fullHeight() const { return viewport()->height() / std::min(1.0, m_zoom); }
QPointF PictureCanvas::scrolled() const {
  return QPointF(horizontalScrollBar()->value(), verticalScrollBar()->value());
}

void PictureCanvas::placeBars() {
  const double height = contentHeight() > 0 ? contentHeight() : fullHeight();
  const QSizeF seen = room();
  const auto place = [](QScrollBar* bar, double content, double part) {
    bar->setPageStep(static_cast<int>(part));
    bar->setSingleStep(static_cast<int>(theme().scaled(20)));
    bar->setRange(0, std::max(0, static_cast<int>(std::ceil(content - part - 0.01))));
  };
  place(horizontalScrollBar(), contentWidth(), seen.width());
  place(verticalScrollBar(), height, seen.height());
}

void PictureCanvas::refit() {
  layOut();
  placeBars();
  describedElsewhere();
  viewport()->update();
}

void PictureCanvas::setZoom(double zoom, bool fitted) {
  m_zoom = zoom;
  m_fitted = fitted;
  refit();
  emit zoomChanged();
}

void PictureCanvas::zoomBy(double factor, QPointF around) {
  const QPointF before = toRoom(around) + scrolled();
  const double width = contentWidth();
  double next = std::clamp(m_zoom * factor, Smallest, Largest);
  if (std::abs(next - 1) < 0.04) next = 1;
  setZoom(next, false);
  const QPointF now = toRoom(around);
  horizontalScrollBar()->setValue(static_cast<int>(before.x() * contentWidth() / width - now.x()));
  verticalScrollBar()->setValue(static_cast<int>(before.y() - now.y()));
}

// Small enough to be seen whole, as far as it can be read then.
void PictureCanvas::fit() {
  if (m_fitted || contentHeight() <= 0) return setZoom(1, false);
  double zoom = 1;
  const auto whole = [&] {
    setZoom(zoom, true);
    return contentHeight() <= room().height() && contentWidth() <= room().width() + 0.5;
  };
  while (!whole() && zoom > Smallest) zoom = std::max(Smallest, zoom - 0.05);
  if (const int here = itemHere(); here >= 0) bringIntoSight(rectOfItem(here));
}

static QPointF middleOf(const QWidget* widget) { return QRectF(widget->rect()).center(); }
void PictureCanvas::zoomIn() { zoomBy(Turn * Turn, middleOf(viewport())); }
void PictureCanvas::zoomOut() { zoomBy(1 / (Turn * Turn), middleOf(viewport())); }

// It rests as long as this is well in sight.
void PictureCanvas::bringIntoSight(const QRectF& wanted) {
  const double head = headHeight(), margin = theme().scaled(18), high = room().height(), wide = room().width();
  const bool across = (wanted.left() >= 0 && wanted.right() <= wide) || wanted.width() > wide;
  if (!across && horizontalScrollBar()->maximum())
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() + static_cast<int>(wanted.center().x() - wide / 2));
  const double below = wanted.bottom() + std::min(margin, verticalScrollBar()->maximum() - scrolled().y());
  if (wanted.top() >= head + std::min(margin, scrolled().y()) && below <= high) return;
  const double middle = head + (high - head) / 2.5;
  verticalScrollBar()->setValue(verticalScrollBar()->value() + static_cast<int>(wanted.top() - middle));
}

// ---- items
QString PictureCanvas::itemText(int index) const { return item(index).cells.join(' '); }

Description PictureCanvas::describe() const {
  constexpr int Most = 500; // nobody hears more at once; they are those around what is in sight
  Description out;
  out.headings = headings();
  out.summary = summary();
  const int count = itemCount();
  const auto [from, to] = seenItems();
  m_firstTold = std::clamp((from + to - Most) / 2, 0, std::max(0, count - Most));
  const int last = std::min(count, m_firstTold + Most);
  for (int i = m_firstTold; i < last; ++i) {
    out.items.push_back(item(i));
    QRect& rect = out.items.back().rect;
    rect = QRectF(QPointF(rect.topLeft()) * m_zoom, QSizeF(rect.size()) * m_zoom).toAlignedRect();
  }
  if (last - m_firstTold < count) {
    if (!out.summary.isEmpty()) out.summary += '\n';
    out.summary += tr("%1 to %2 of %3, those around what is in sight.").arg(m_firstTold + 1).arg(last).arg(count);
  }
  return out;
}

int PictureCanvas::stoodOn() const {
  const int now = currentItem();
  return now < 0 ? -1 : m_firstTold + now;
}

void PictureCanvas::standOn(int index) {
  if (index < 0 || index >= itemCount()) return;
  bringIntoSight(rectOfItem(index));
  describedElsewhere();
  description(); // which of the items are told
  setCurrentItem(index - m_firstTold);
}
void PictureCanvas::showItem(int described) { bringIntoSight(rectOfItem(m_firstTold + described)); }

FindBar::Search PictureCanvas::search() {
  return searchOf({[this] { return itemCount(); }, [this](int i) { return Described::told(itemText(i)); },
                   [this] { return stoodOn() >= 0 ? stoodOn() : itemHere(); },
                   [this](int i) {
                     m_found = i;
                     standOn(i);
                     viewport()->update();
                   }});
}

void PictureCanvas::setMarked(u64 address) {
  if (m_marked == address) return;
  m_marked = address;
  changed();
}
void PictureCanvas::changed() {
  if (m_found >= itemCount()) m_found = -1;
  describedAnew();
  viewport()->update();
}

int PictureCanvas::itemIn(QPointF at) const {
  const auto [from, to] = seenItems();
  int found = -1;
  double smallest = 0;
  for (int i = from; i < to; ++i) {
    const QRectF rect = rectOfItem(i);
    if (!rect.contains(at) || (found >= 0 && rect.width() * rect.height() >= smallest)) continue;
    found = i;
    smallest = rect.width() * rect.height();
  }
  return found;
}

void PictureCanvas::clicked(QPointF, int index) {
  if (index < 0) return;
  if (const auto press = item(index).press) press(); // a copy: the picture may become another one
}

QString PictureCanvas::tipAt(QPointF, int index) const {
  if (index < 0) return {};
  Description words;
  words.headings = headings();
  const DescribedItem told = item(index);
  QStringList lines{words.nameOf(told), words.wordsOf(told)};
  lines.removeAll(QString());
  return lines.join('\n');
}

// ---- painting
void PictureCanvas::paintEvent(QPaintEvent*) {
  QPainter p(viewport());
  p.setRenderHint(QPainter::Antialiasing);
  p.fillRect(viewport()->rect(), theme().color(Role::Card));
  p.save();
  p.scale(m_zoom, m_zoom);
  paint(p);
  if (m_found >= 0) {
    p.setBrush(Qt::NoBrush);
    p.setPen(QPen(theme().color(Role::Focus), 2));
    p.drawRoundedRect(rectOfItem(m_found).intersected(QRectF({}, room()).adjusted(2, 2, -2, -2)), 4, 4);
  }
  p.restore();
  paintCurrentItem(p);
}

void PictureCanvas::resizeEvent(QResizeEvent*) {
  refit();
  if (const int here = itemHere(); here >= 0) bringIntoSight(rectOfItem(here));
}
void PictureCanvas::changeEvent(QEvent* event) {
  QAbstractScrollArea::changeEvent(event);
  if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange) refit();
}
void PictureCanvas::scrollContentsBy(int, int) {
  describedElsewhere();
  viewport()->update();
}

// ---- mouse and keys
void PictureCanvas::wheelEvent(QWheelEvent* event) {
  if (!(event->modifiers() & Qt::ControlModifier)) return QAbstractScrollArea::wheelEvent(event);
  zoomBy(std::pow(Turn, event->angleDelta().y() / 120.0), event->position());
  event->accept();
}

void PictureCanvas::mousePressEvent(QMouseEvent* event) {
  m_pressed = event->pos();
  m_pressing = event->button() == Qt::LeftButton || event->button() == Qt::MiddleButton;
  m_dragging = false;
}

void PictureCanvas::mouseMoveEvent(QMouseEvent* event) {
  if (!m_pressing) {
    const int under = itemIn(toRoom(event->position()));
    viewport()->setCursor(under >= 0 && item(under).press ? Qt::PointingHandCursor : Qt::ArrowCursor);
    return;
  }
  const QPoint by = event->pos() - m_pressed;
  if (!m_dragging && by.manhattanLength() < QApplication::startDragDistance()) return;
  m_dragging = true;
  m_pressed = event->pos();
  horizontalScrollBar()->setValue(horizontalScrollBar()->value() - static_cast<int>(by.x() / m_zoom));
  verticalScrollBar()->setValue(verticalScrollBar()->value() - static_cast<int>(by.y() / m_zoom));
  viewport()->setCursor(Qt::ClosedHandCursor);
}

void PictureCanvas::mouseReleaseEvent(QMouseEvent* event) {
  const bool click = m_pressing && !m_dragging && event->button() == Qt::LeftButton;
  m_pressing = m_dragging = false;
  if (click) clicked(toRoom(event->position()), itemIn(toRoom(event->position())));
  else viewport()->unsetCursor();
}

void PictureCanvas::keyPressEvent(QKeyEvent* event) {
  const int key = event->key();
  QScrollBar* down = verticalScrollBar();
  switch (key) {
  case Qt::Key_Plus:
  case Qt::Key_Equal: return zoomIn();
  case Qt::Key_Minus: return zoomOut();
  case Qt::Key_0: return fit();
  case Qt::Key_PageUp: return down->triggerAction(QAbstractSlider::SliderPageStepSub);
  case Qt::Key_PageDown: return down->triggerAction(QAbstractSlider::SliderPageStepAdd);
  case Qt::Key_Home: return standOn(0);
  case Qt::Key_End: return standOn(itemCount() - 1);
  default: break;
  }
  // The first key begins where the walk is.
  const bool arrow = key == Qt::Key_Up || key == Qt::Key_Down || key == Qt::Key_Left || key == Qt::Key_Right;
  if (arrow && stoodOn() < 0 && itemHere() >= 0) return standOn(itemHere());
  if (!moveByKey(event)) QAbstractScrollArea::keyPressEvent(event);
}

void PictureCanvas::showTip(const QPoint& at, const QPoint& global) {
  const QPointF room = toRoom(at);
  const QString words = tipAt(room, itemIn(room));
  if (words.isEmpty()) QToolTip::hideText();
  else QToolTip::showText(global, Described::told(words), viewport());
}

bool PictureCanvas::viewportEvent(QEvent* event) {
  if (const auto pinch = pinchOf(*event, *viewport())) {
    zoomBy(pinch->factor, pinch->around);
    return event->accept(), true;
  }
  if (event->type() != QEvent::ToolTip) return QAbstractScrollArea::viewportEvent(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  showTip(help->pos(), help->globalPos());
  return true;
}

} // namespace sockwalk
