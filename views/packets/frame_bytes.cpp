#include "views/packets/frame_bytes.h"
#include "views/theme/linked.h"
#include "views/theme/theme.h"
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

namespace sockwalk {

FrameBytes::FrameBytes(QWidget* parent) : QAbstractScrollArea(parent), DescribedBytes(*static_cast<QWidget*>(this)) {
  setFrameShape(NoFrame);
  setFocusPolicy(Qt::TabFocus); // a click belongs to the list of packets
  setAccessibleName(tr("Bytes of the packet"));
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  connect(&ThemeHub::instance(), &ThemeHub::themeChanged, this, [this] { updateBar(); });
}

void FrameBytes::setBytes(const QByteArray& bytes) {
  m_bytes = bytes;
  m_offset = m_length = 0;
  verticalScrollBar()->setValue(0);
  updateBar();
}

void FrameBytes::light(int offset, int length) {
  m_offset = offset;
  m_length = length;
  const int line = offset / columns() * lineHeight();
  auto* bar = verticalScrollBar();
  if (length && (line < bar->value() || line + lineHeight() > bar->value() + viewport()->height())) bar->setValue(line);
  viewport()->update();
}

int FrameBytes::lineHeight() const { return QFontMetrics(theme().mono(11)).height() + 2; }
int FrameBytes::columns() const {
  const int ch = QFontMetrics(theme().mono(11)).horizontalAdvance('0');
  return viewport()->width() > ch * (6 + 16 * 3 + 1 + 16) ? 16 : 8;
}
void FrameBytes::updateBar() {
  const int lines = (int(m_bytes.size()) + columns() - 1) / columns();
  verticalScrollBar()->setPageStep(viewport()->height());
  verticalScrollBar()->setSingleStep(lineHeight());
  verticalScrollBar()->setRange(0, std::max(0, lines * lineHeight() + 8 - viewport()->height()));
  describedAnew();
  viewport()->update();
}
void FrameBytes::resizeEvent(QResizeEvent*) { updateBar(); }

void FrameBytes::paintEvent(QPaintEvent*) {
  QPainter p(viewport());
  p.setFont(theme().mono(11));
  const int ch = p.fontMetrics().horizontalAdvance('0'), h = lineHeight(), n = columns();
  int y = 4 - verticalScrollBar()->value();
  for (int at = 0; at < m_bytes.size(); at += n, y += h) {
    if (y + h < 0 || y > viewport()->height()) continue;
    p.setPen(theme().color(Role::Muted));
    p.drawText(QRect(0, y, ch * 4, h), Qt::AlignRight | Qt::AlignVCenter, QString::number(at));
    for (int i = at; i < std::min<int>(at + n, int(m_bytes.size())); ++i) {
      const bool lit = i >= m_offset && i < m_offset + m_length;
      const QRect hex(ch * 6 + (i - at) * ch * 3, y, ch * 3, h), plain(ch * (7 + n * 3) + (i - at) * ch, y, ch, h);
      if (lit) {
        p.fillRect(hex.adjusted(-ch / 2, 0, -ch / 2, 0), theme().color(Role::AccentTint));
        p.fillRect(plain, theme().color(Role::AccentTint));
      }
      if (isLinked(i)) {
        p.fillRect(hex.adjusted(-ch / 2, 0, -ch / 2, 0), linkedFill());
        p.fillRect(plain, linkedFill());
      }
      p.setPen(isLinked(i) ? linkedColor() : theme().color(lit ? Role::Accent : Role::Text));
      const uchar c = uchar(m_bytes[i]);
      p.drawText(hex, Qt::AlignLeft | Qt::AlignVCenter, QStringLiteral("%1").arg(c, 2, 16, QLatin1Char('0')));
      p.drawText(plain, Qt::AlignCenter, c >= 32 && c < 127 ? QString(QLatin1Char(char(c))) : QStringLiteral("·"));
    }
  }
  paintCurrentItem(p);
}

// ---- as words, and by keyboard
std::vector<DescribedBytes::ByteRow> FrameBytes::byteRows() const {
  std::vector<ByteRow> out;
  int y = 4 - verticalScrollBar()->value();
  for (int at = 0; at < m_bytes.size(); at += columns(), y += lineHeight())
    out.push_back({at, m_bytes.mid(at, columns()), QRect(0, y, viewport()->width(), lineHeight())});
  return out;
}
void FrameBytes::scrollToRow(int row) { scrollTo(*verticalScrollBar(), row * lineHeight(), lineHeight() + 8); }
void FrameBytes::chooseByte(int, int offset) { emit clicked(offset); }
void FrameBytes::keyPressEvent(QKeyEvent* event) {
  if (!moveAmongBytes(event)) QAbstractScrollArea::keyPressEvent(event);
}
void FrameBytes::scrollContentsBy(int, int) {
  describedElsewhere();
  viewport()->update();
}

void FrameBytes::mousePressEvent(QMouseEvent* e) {
  const int ch = QFontMetrics(theme().mono(11)).horizontalAdvance('0'), n = columns();
  const int line = (e->pos().y() - 4 + verticalScrollBar()->value()) / lineHeight();
  int column = (e->pos().x() - ch * 6 + ch / 2) / (ch * 3);
  if (e->pos().x() >= ch * (7 + n * 3)) column = (e->pos().x() - ch * (7 + n * 3)) / ch;
  const int offset = line * n + column;
  if (column >= 0 && column < n && offset < m_bytes.size()) emit clicked(offset);
}

} // namespace sockwalk
