#include "app/presenter/ink.h"
#include "views/theme/theme.h"
#include <QApplication>
#include <QMouseEvent>
#include <QPainter>

namespace sockwalk {

Ink::Ink(QWidget* window) : QWidget(window) {
  setAttribute(Qt::WA_TransparentForMouseEvents);
  setAttribute(Qt::WA_NoSystemBackground);
  setFocusPolicy(Qt::NoFocus);
  qApp->installEventFilter(this); // the mouse is over the views, not over this
}

void Ink::setPen(bool out) {
  m_pen = out;
  setAttribute(Qt::WA_TransparentForMouseEvents, !out);
  setCursor(out ? Qt::CrossCursor : Qt::ArrowCursor);
}

void Ink::setPointer(bool seen) {
  m_pointer = seen;
  update();
}

void Ink::erase() {
  m_lines.clear();
  update();
}

bool Ink::eventFilter(QObject* watched, QEvent* event) {
  if (watched == parent() && event->type() == QEvent::Resize) resize(static_cast<QResizeEvent*>(event)->size());
  if (m_pointer && event->type() == QEvent::MouseMove)
    if (const auto* over = qobject_cast<QWidget*>(watched); over && over->window() == window())
      point(mapFromGlobal(static_cast<QMouseEvent*>(event)->globalPosition().toPoint()));
  return false;
}

QRect Ink::dot() const {
  const int reach = int(theme().scaled(9));
  return QRect(m_at, QSize()).adjusted(-reach, -reach, reach, reach);
}

void Ink::point(QPoint at) {
  update(dot().adjusted(-2, -2, 2, 2));
  m_at = at;
  update(dot().adjusted(-2, -2, 2, 2));
}

void Ink::mousePressEvent(QMouseEvent* event) {
  m_lines.emplace_back(event->position());
  m_lines.back().lineTo(event->position() + QPointF(0.1, 0));
  update();
}

void Ink::mouseMoveEvent(QMouseEvent* event) {
  if (m_lines.empty() || !(event->buttons() & Qt::LeftButton)) return;
  m_lines.back().lineTo(event->position());
  update();
}

void Ink::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const QColor red = theme().color(Role::Playhead);
  painter.setPen(QPen(red, theme().scaled(2.5), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  for (const QPainterPath& line : m_lines) painter.drawPath(line);
  if (!m_pointer) return;
  painter.setPen(Qt::NoPen);
  painter.setBrush(red);
  painter.drawEllipse(dot());
}

} // namespace sockwalk
