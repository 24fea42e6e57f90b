#include "views/lesson/pointer_bar.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include <algorithm>
#include <cmath>
#include <QMouseEvent>
#include <QPainter>

namespace sockwalk {

// ---- one pointer

PointerHandle::PointerHandle(const QString& name, int at, PointerBar& bar)
    : QAbstractSlider(&bar), m_name(name), m_bar(bar) {
  setOrientation(Qt::Horizontal);
  setFocusPolicy(Qt::StrongFocus);
  setCursor(Qt::SizeHorCursor);
  setSingleStep(1);
  setPageStep(16);
  setMaximum(at); // for now
  setValue(at);
  setToolTip(tr("Drag it, or move it with the arrow keys"));
}

QString PointerHandle::words() const { return QStringLiteral("%1 %2").arg(m_name).arg(value()); }

void PointerHandle::sliderChange(SliderChange change) {
  QAbstractSlider::sliderChange(change);
  setAccessibleName(tr("%1 at byte %2").arg(m_name).arg(value()));
}

QSize PointerHandle::sizeHint() const {
  const QFontMetrics metrics(theme().mono(11, QFont::DemiBold));
  return {metrics.horizontalAdvance(words()) + 12, metrics.height() + 2};
}

void PointerHandle::paintEvent(QPaintEvent*) {
  QPainter p(this);
  p.setRenderHint(QPainter::Antialiasing);
  const bool able = isEnabled();
  p.setPen(hasFocus() ? QPen(theme().color(Role::Focus), 2) : QPen(Qt::NoPen));
  p.setBrush(theme().color(able ? Role::Accent : Role::Raised));
  p.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 4, 4);
  p.setPen(theme().color(able ? Role::OnAccent : Role::Text));
  p.setFont(theme().mono(11, QFont::DemiBold));
  p.drawText(rect(), Qt::AlignCenter, words());
}

void PointerHandle::mousePressEvent(QMouseEvent* e) {
  if (e->button() != Qt::LeftButton) return;
  m_grip = mapToParent(e->position()).x() - m_bar.x(value());
}

void PointerHandle::mouseMoveEvent(QMouseEvent* e) {
  if (e->buttons() & Qt::LeftButton) setValue(m_bar.byteAt(mapToParent(e->position()).x() - m_grip));
}

void PointerHandle::wheelEvent(QWheelEvent* e) { e->ignore(); }

// ---- all of them

constexpr double Side = 12; // px

PointerBar::PointerBar(const tell::PointerBoard& board, QWidget* parent) : QWidget(parent), m_board(board) {
  for (const tell::Pointer& pointer : board.asked) {
    auto* handle = new PointerHandle(text(pointer.name), int(pointer.at), *this);
    handle->setRange(0, int(board.range));
    connect(handle, &QAbstractSlider::valueChanged, this, [this] {
      placeHandles();
      update();
      emit moved();
    });
    m_handles.push_back(handle);
  }
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  connect(&ThemeHub::instance(), &ThemeHub::themeChanged, this, [this] {
    updateGeometry();
    placeHandles();
    update();
  });
}

std::vector<tell::Pointer> PointerBar::pointers() const {
  std::vector<tell::Pointer> out;
  for (const PointerHandle* h : m_handles) out.push_back({h->name().toStdString(), u32(h->value())});
  return out;
}

int PointerBar::rowHeight() const { return QFontMetrics(theme().mono(11, QFont::DemiBold)).height() + 4; }

QRectF PointerBar::box() const {
  const double top = rowHeight() * double(m_handles.size()) + theme().scaled(4);
  return {Side, top, std::max(10.0, width() - 2 * Side), theme().scaled(20)};
}

QSize PointerBar::sizeHint() const { return {220, int(box().bottom() + 2 * rowHeight())}; }
QSize PointerBar::minimumSizeHint() const { return {120, sizeHint().height()}; }

double PointerBar::x(double bytes) const { return box().left() + bytes * box().width() / m_board.range; }
int PointerBar::byteAt(double at) const {
  return int(std::lround(std::clamp((at - box().left()) * m_board.range / box().width(), 0.0, double(m_board.range))));
}

// Each in a row of its own, so that none covers another.
void PointerBar::placeHandles() {
  int row = 0;
  for (PointerHandle* handle : m_handles) {
    const QSize size = handle->sizeHint();
    const int left = std::clamp(int(x(handle->value())) - size.width() / 2, 0, std::max(0, width() - size.width()));
    handle->setGeometry(left, row++ * rowHeight(), size.width(), size.height());
  }
}

void PointerBar::resizeEvent(QResizeEvent*) { placeHandles(); }

PointerHandle* PointerBar::nearest(double at) const {
  const auto far = [&](const PointerHandle* h) { return std::abs(x(h->value()) - at); };
  const auto found = std::ranges::min_element(m_handles, {}, far);
  return found == m_handles.end() ? nullptr : *found;
}

void PointerBar::mousePressEvent(QMouseEvent* e) {
  m_taken = e->button() == Qt::LeftButton ? nearest(e->position().x()) : nullptr;
  if (!m_taken) return;
  m_taken->setFocus(Qt::MouseFocusReason);
  m_taken->setValue(byteAt(e->position().x()));
}

void PointerBar::mouseMoveEvent(QMouseEvent* e) {
  if (m_taken && e->buttons() & Qt::LeftButton) m_taken->setValue(byteAt(e->position().x()));
}

// ---- drawn

void PointerBar::paintEvent(QPaintEvent*) {
  QPainter p(this);
  p.setRenderHint(QPainter::Antialiasing);
  p.setPen(QPen(theme().color(Role::PathEdge), 1.2));
  p.setBrush(theme().color(Role::Card));
  p.drawRoundedRect(box(), 3, 3);
  paintKnown(p);
  paintPoles(p);
  paintScale(p);
}

void PointerBar::paintScale(QPainter& p) const {
  p.setFont(theme().mono(10));
  const int parts = width() < theme().scaled(260) ? 4 : 8;
  for (int i = 0; i <= parts; ++i) {
    const double bytes = double(m_board.range) * i / parts, at = x(bytes);
    p.setPen(theme().color(Role::Hairline));
    p.drawLine(QPointF(at, box().bottom()), QPointF(at, box().bottom() + 4));
    p.setPen(theme().color(Role::Muted));
    const QString number = QString::number(int(bytes));
    const double wide = p.fontMetrics().horizontalAdvance(number), half = wide / 2;
    const double left = std::clamp(at - half, 0.0, width() - wide);
    p.drawText(QPointF(left, box().bottom() + 4 + p.fontMetrics().ascent()), number);
  }
}

// Where everything stands now: what is asked for begins there.
void PointerBar::paintKnown(QPainter& p) const {
  if (!m_board.living) return;
  p.setFont(theme().mono(10));
  QStringList beyond;
  const double line = box().bottom() + 4 + 2 * p.fontMetrics().ascent() + 2;
  for (const tell::Pointer& pointer : m_board.asked) {
    p.setPen(QPen(theme().color(Role::Muted), 1, Qt::DashLine));
    p.drawLine(QPointF(x(pointer.at), box().top()), QPointF(x(pointer.at), box().bottom()));
  }
  for (const tell::Pointer& pointer : m_board.known) {
    const QString said = QStringLiteral("%1 %2").arg(text(pointer.name)).arg(pointer.at);
    beyond << said;
    if (pointer.at > m_board.range) continue;
    p.setPen(QPen(theme().color(Role::Title), 2));
    p.drawLine(QPointF(x(pointer.at), box().top() - 3), QPointF(x(pointer.at), box().bottom() + 3));
  }
  p.setPen(theme().color(Role::Muted));
  p.drawText(QPointF(Side, line), p.fontMetrics().elidedText(tr("fixed: %1").arg(beyond.join(QStringLiteral(", "))),
                                                             Qt::ElideRight, int(box().width())));
}

void PointerBar::paintPoles(QPainter& p) const {
  const auto named = [this](const char* name) {
    const auto found = std::ranges::find(m_handles, QLatin1String(name), &PointerHandle::name);
    return found == m_handles.end() ? nullptr : *found;
  };
  if (const auto* from = named("data"), *to = named("tail"); from && to && to->value() > from->value())
    p.fillRect(QRectF(QPointF(x(from->value()), box().top() + 2), QPointF(x(to->value()), box().bottom() - 2)),
               theme().packet(PacketPart::Transport).faintFill);
  for (const PointerHandle* handle : m_handles) {
    const double at = x(handle->value());
    p.setPen(QPen(theme().color(Role::Accent), handle->hasFocus() ? 3 : 2));
    p.drawLine(QPointF(at, handle->geometry().bottom()), QPointF(at, box().bottom()));
  }
}

} // namespace sockwalk
