#include "views/source/frame_strip.h"
#include "engine/tell/in_words.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include <algorithm>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

namespace sockwalk {

FrameStrip::FrameStrip(QWidget* parent) : QWidget(parent), Described(*static_cast<QWidget*>(this), QAccessible::List) {
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  setAccessibleName(tr("Call stack"));
  setAccessibleDescription(tr("Left goes to the caller, right to what it called."));
}

void FrameStrip::setFrames(std::vector<tell::SourceFrame> frames) {
  m_frames = std::move(frames);
  m_chosen = int(m_frames.size()) - 1;
  describedAnew();
  setCurrentItem(m_chosen);
}

void FrameStrip::choose(int frame) {
  frame = std::clamp(frame, std::min(0, int(m_frames.size()) - 1), int(m_frames.size()) - 1);
  if (frame == m_chosen) return;
  m_chosen = frame;
  describedAnew();
  setCurrentItem(frame);
  emit chosenChanged(frame);
}

// All of them, outermost first: those behind "..." have its place.
Description FrameStrip::describe() const {
  Description out;
  out.headings << tr("Function") << tr("File") << tr("Line") << tr("Layer");
  const auto all = chips();
  for (int i = 0; i < int(m_frames.size()); ++i) {
    const tell::SourceFrame& f = m_frames[std::size_t(i)];
    DescribedItem item;
    item.cells << text(f.function) << text(f.file) << QString::number(f.line) << shown(tell::layerText(f.layer));
    for (const Chip& chip : all)
      if (chip.frame == i || (chip.frame < 0 && item.rect.isEmpty())) item.rect = chip.rect;
    item.role = QAccessible::ListItem;
    item.lit = i == m_chosen;
    item.press = [strip = const_cast<FrameStrip*>(this), i] { strip->choose(i); };
    out.items.push_back(std::move(item));
  }
  return out;
}

QSize FrameStrip::sizeHint() const { return {240, int(theme().scaled(24))}; }

// Filled from the right, so that the running function is never the one that is cut.
std::vector<FrameStrip::Chip> FrameStrip::chips() const {
  std::vector<Chip> out;
  const QFontMetrics metrics(theme().mono(11, QFont::Bold));
  const int pad = int(theme().scaled(6)), arrow = int(theme().scaled(12)),
            rest = metrics.horizontalAdvance("...") + 2 * pad;
  std::vector<int> widths;
  for (const tell::SourceFrame& f : m_frames) widths.push_back(metrics.horizontalAdvance(text(f.function)) + 2 * pad);
  int first = int(m_frames.size()), total = 0;
  while (first > 0) {
    const int wanted = widths[first - 1] + (total ? arrow : 0), reserve = first > 1 ? rest + arrow : 0;
    if (total && total + wanted + reserve > width()) break;
    total += wanted;
    --first;
  }
  int x = 0;
  const int h = height() - 4;
  if (first > 0) out.push_back({-1, QRect(0, 2, rest, h)}), x = rest + arrow;
  for (int i = first; i < int(m_frames.size()); ++i) {
    out.push_back({i, QRect(x, 2, std::min(widths[i], std::max(20, width() - x)), h)});
    x += widths[i] + arrow;
  }
  return out;
}

void FrameStrip::paintEvent(QPaintEvent*) {
  QPainter p(this);
  p.setRenderHint(QPainter::Antialiasing);
  const auto all = chips();
  for (size_t i = 0; i < all.size(); ++i) {
    const Chip& chip = all[i];
    const bool chosen = chip.frame == m_chosen;
    const Layer layer = chip.frame >= 0 ? m_frames[chip.frame].layer : Layer::User;
    if (chosen) {
      p.setPen(QPen(hasFocus() ? theme().color(Role::Accent) : theme().color(Role::AccentLine), 1));
      p.setBrush(theme().color(Role::AccentTint));
      p.drawRoundedRect(QRectF(chip.rect).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    }
    p.setFont(theme().mono(11, chosen ? QFont::Bold : QFont::Normal));
    p.setPen(chip.frame < 0 ? theme().color(Role::Muted) : theme().layer(layer).text);
    const QString name = chip.frame < 0 ? QStringLiteral("...") : text(m_frames[chip.frame].function);
    p.drawText(chip.rect, Qt::AlignCenter, p.fontMetrics().elidedText(name, Qt::ElideMiddle, chip.rect.width() - 4));
    if (i + 1 < all.size()) {
      p.setPen(theme().color(Role::Muted));
      const int left = chip.rect.right() + 1;
      p.drawText(QRect(left, 2, all[i + 1].rect.left() - left, chip.rect.height()), Qt::AlignCenter,
                 QStringLiteral("›"));
    }
  }
}

const FrameStrip::Chip* FrameStrip::chipAt(const std::vector<Chip>& all, QPoint at) const {
  for (const Chip& c : all)
    if (c.rect.adjusted(-2, -2, 2, 2).contains(at)) return &c;
  return nullptr;
}

void FrameStrip::openRest(QPoint at) {
  const auto all = chips();
  QMenu menu(this);
  for (int i = 0; all.size() > 1 && i < all[1].frame; ++i)
    menu.addAction(text(m_frames[i].function), this, [this, i] { choose(i); });
  menu.exec(at);
}

void FrameStrip::mousePressEvent(QMouseEvent* e) {
  const auto all = chips();
  const Chip* chip = chipAt(all, e->pos());
  if (!chip) return;
  if (chip->frame < 0) openRest(mapToGlobal(chip->rect.bottomLeft()));
  else choose(chip->frame);
}
void FrameStrip::mouseMoveEvent(QMouseEvent* e) {
  setCursor(chipAt(chips(), e->pos()) ? Qt::PointingHandCursor : Qt::ArrowCursor);
}
void FrameStrip::keyPressEvent(QKeyEvent* e) {
  if (e->key() == Qt::Key_Left) choose(m_chosen - 1);
  else if (e->key() == Qt::Key_Right) choose(m_chosen + 1);
  else if (e->key() == Qt::Key_Home) choose(0);
  else if (e->key() == Qt::Key_End) choose(int(m_frames.size()) - 1);
  else QWidget::keyPressEvent(e);
}

bool FrameStrip::event(QEvent* e) {
  if (e->type() == QEvent::ToolTip) {
    auto* help = static_cast<QHelpEvent*>(e);
    const auto all = chips();
    const Chip* chip = chipAt(all, help->pos());
    if (chip && chip->frame >= 0)
      QToolTip::showText(help->globalPos(),
                         tr("%1() at %2, line %3")
                             .arg(text(m_frames[chip->frame].function), text(m_frames[chip->frame].file))
                             .arg(m_frames[chip->frame].line),
                         this);
    else QToolTip::hideText();
    return true;
  }
  return QWidget::event(e);
}

} // namespace sockwalk
