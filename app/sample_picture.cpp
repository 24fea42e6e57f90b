#include "app/sample_picture.h"
#include "views/theme/paint.h"
#include "views/theme/theme.h"
#include <algorithm>
#include <cmath>
#include <QPainter>
#include <QPainterPath>
#include <tuple>

namespace sockwalk {
namespace {

constexpr double RoomForNames = 220; // px

// Draws in a square world of 100 by 60, laid into the area; lines keep their width.
class Sketch {
public:
  Sketch(QPainter& painter, const QRectF& area) : m_painter(painter) {
    m_scale = std::min(area.width() / 100, area.height() / 60);
    m_origin = area.center() - QPointF(50, 30) * m_scale;
  }
  QPointF at(double x, double y) const { return m_origin + QPointF(x, y) * m_scale; }

  void box(const QRectF& rect, const QColor& fill, const QColor& line, double corner = 3) {
    m_painter.setPen(QPen(line, 1.2));
    m_painter.setBrush(fill);
    m_painter.drawRoundedRect(QRectF(at(rect.x(), rect.y()), rect.size() * m_scale), corner * m_scale,
                              corner * m_scale);
  }
  void box(const QRectF& rect, Layer layer, bool filled = true) {
    const LayerColors& c = theme().layer(layer);
    box(rect, filled ? c.fill : theme().color(Role::Card), c.line, std::min(rect.height() / 2, 4.0));
  }
  void line(QPointF from, QPointF to, const QColor& color, double width = 1.2) {
    m_painter.setPen(QPen(color, width));
    m_painter.drawLine(at(from.x(), from.y()), at(to.x(), to.y()));
  }
  void arrow(QPointF from, QPointF to, Layer layer) {
    const QColor color = theme().layer(layer).line;
    line(from, to, color, 1.6);
    const QPointF tip = at(to.x(), to.y()), tail = at(from.x(), from.y());
    const double length = std::hypot(tip.x() - tail.x(), tip.y() - tail.y());
    const QPointF along = (tip - tail) / std::max(1.0, length), across(-along.y(), along.x());
    const double head = std::max(4.0, 4.5 * m_scale);
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(color);
    m_painter.drawPolygon(
        QPolygonF{tip, tip - along * head + across * head * 0.45, tip - along * head - across * head * 0.45});
  }
  void cross(double x, double y) {
    line({x - 3, y - 3}, {x + 3, y + 3}, theme().color(Role::Danger), 2);
    line({x - 3, y + 3}, {x + 3, y - 3}, theme().color(Role::Danger), 2);
  }
  void twoEnds() {
    for (double x : {18.0, 82.0}) line({x, 4}, {x, 56}, theme().color(Role::FutureEdge), 1.6);
  }

private:
  QPainter& m_painter;
  double m_scale;
  QPointF m_origin;
};

// With room for names it is the beginning of socket() itself.
void namedCallPath(QPainter& painter, const QRectF& area) {
  constexpr double Step = 0.62; // of a pill's height and width, from one to the next
  const std::tuple<const char*, Layer, Tense> calls[] = {{"__sys_socket", Layer::Socket, Tense::Active},
                                                         {"inet_create", Layer::Inet, Tense::Running},
                                                         {"fd_install", Layer::Vfs, Tense::Future}};
  const QSizeF first = pillSize("__sys_socket");
  const double down = std::min(first.height() + 2, (area.height() - first.height()) / 2), right = first.width() * Step;
  QPointF at = area.center() - QPointF(right + first.width() / 2, down + first.height() / 2);
  for (const auto& [name, layer, tense] : calls) {
    drawPill(painter, QRectF(at, pillSize(name)), layer, tense, name);
    at += QPointF(right, down);
  }
}

void callPath(Sketch& s) {
  s.line({30, 14}, {50, 28}, theme().color(Role::PathEdge));
  s.line({50, 30}, {72, 46}, theme().color(Role::PathEdge));
  s.box({8, 6, 38, 14}, Layer::Socket, false);
  s.box({30, 23, 40, 14}, Layer::Inet);
  s.box({56, 40, 36, 14}, Layer::Vfs, false);
}

void capture(Sketch& s) {
  for (int i = 0; i < 5; ++i) {
    const double y = 6 + i * 11.0;
    const bool there = i % 2 == 0;
    s.arrow({there ? 12.0 : 88.0, y}, {there ? 88.0 : 12.0, y + 3}, there ? Layer::Socket : Layer::Transport);
  }
}

void buffer(Sketch& s) {
  s.box({6, 16, 22, 26}, theme().color(Role::Raised), theme().color(Role::Hairline), 2);
  s.box({28, 16, 12, 26}, packetColors(PacketPart::Ethernet, theme().shade()).fill, theme().color(Role::Card), 1);
  s.box({40, 16, 16, 26}, packetColors(PacketPart::Ipv4, theme().shade()).fill, theme().color(Role::Card), 1);
  s.box({56, 16, 34, 26}, packetColors(PacketPart::Transport, theme().shade()).fill, theme().color(Role::Card), 1);
  s.line({28, 8}, {28, 50}, theme().color(Role::Accent), 2);
  s.line({90, 8}, {90, 50}, theme().color(Role::Danger), 2);
}

void handshake(Sketch& s) {
  s.twoEnds();
  s.arrow({18, 8}, {82, 18}, Layer::Transport);
  s.arrow({82, 24}, {18, 34}, Layer::Socket);
  s.arrow({18, 40}, {82, 50}, Layer::Transport);
}

void lost(Sketch& s) {
  s.twoEnds();
  s.arrow({18, 6}, {82, 13}, Layer::Transport);
  s.line({18, 18}, {52, 22}, theme().layer(Layer::Transport).line, 1.6);
  s.cross(56, 22.5);
  s.arrow({82, 30}, {18, 37}, Layer::Ip);
  s.arrow({18, 44}, {82, 51}, Layer::Transport);
}

void outOfOrder(Sketch& s) {
  s.twoEnds();
  s.arrow({18, 8}, {82, 40}, Layer::Transport);
  s.arrow({18, 20}, {82, 20}, Layer::Socket);
  s.arrow({82, 46}, {18, 54}, Layer::Ip);
}

void router(Sketch& s) {
  s.line({20, 30}, {80, 30}, theme().color(Role::PathEdge), 1.6);
  s.box({6, 20, 22, 20}, Layer::Socket, false);
  s.box({39, 20, 22, 20}, Layer::Ip);
  s.box({72, 20, 22, 20}, Layer::Socket, false);
}

void poll(Sketch& s) {
  for (double y : {6.0, 23.0, 40.0}) {
    s.box({6, y, 26, 13}, Layer::Socket, y > 20 && y < 30);
    s.line({32, y + 6.5}, {64, 30}, theme().color(y > 20 && y < 30 ? Role::Accent : Role::FutureEdge), 1.6);
  }
  s.box({64, 19, 30, 22}, Layer::Vfs, false);
}

void refused(Sketch& s) {
  s.twoEnds();
  s.arrow({18, 14}, {82, 22}, Layer::Transport);
  s.cross(82, 30);
  s.arrow({82, 38}, {18, 46}, Layer::Link);
}

void window(Sketch& s) {
  for (int i = 0; i < 5; ++i) {
    const double full = i * 10.0;
    s.box({10 + i * 17.0, 8, 12, 44}, theme().color(Role::Raised), theme().color(Role::Hairline), 1);
    if (full > 0) s.box({10 + i * 17.0, 52 - full * 1.1, 12, full * 1.1}, Layer::Transport);
  }
}

void fragments(Sketch& s) {
  s.box({10, 8, 80, 14}, Layer::Ip, false);
  s.box({10, 36, 24, 14}, Layer::Ip);
  s.cross(50, 43);
  s.box({66, 36, 24, 14}, Layer::Ip);
}

} // namespace

void drawSamplePicture(QPainter& painter, const QRectF& area, SamplePicture picture) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(theme().color(Role::Page));
  painter.drawRoundedRect(area, 5, 5);
  Sketch sketch(painter, area.adjusted(4, 4, -4, -4));
  switch (picture) {
  case SamplePicture::None: break;
  case SamplePicture::CallPath:
    if (area.width() > RoomForNames) namedCallPath(painter, area);
    else callPath(sketch);
    break;
  case SamplePicture::Capture: capture(sketch); break;
  case SamplePicture::Buffer: buffer(sketch); break;
  case SamplePicture::Handshake: handshake(sketch); break;
  case SamplePicture::Lost: lost(sketch); break;
  case SamplePicture::OutOfOrder: outOfOrder(sketch); break;
  case SamplePicture::Router: router(sketch); break;
  case SamplePicture::Poll: poll(sketch); break;
  case SamplePicture::Refused: refused(sketch); break;
  case SamplePicture::Window: window(sketch); break;
  case SamplePicture::Fragments: fragments(sketch); break;
  }
  painter.restore();
}

} // namespace sockwalk
