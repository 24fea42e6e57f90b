#include "app/picture_card.h"
#include "views/theme/theme.h"
#include <algorithm>
#include <cmath>
#include <QPainter>

namespace sockwalk {
namespace {

// px at the normal size of type.
constexpr double UprightHeight = 214, UprightPicture = 92, LyingHeight = 62, BareHeight = 44, LyingPicture = 74;
constexpr double Padding = 14, LyingPadding = 9, TitleGap = 3, FootHeight = 18;

QFont titleFont(bool upright) { return theme().sans(upright ? 15 : 12.5, QFont::Bold); }
QFont wordsFont(bool upright) { return theme().sans(upright ? 12.5 : 11.5); }
double lineOf(const QFont& font) { return QFontMetricsF(font).height(); }

} // namespace

PictureCard::PictureCard(Shape shape, SamplePicture picture, const QString& title, const QString& words,
                         QWidget* parent)
    : QAbstractButton(parent), m_shape(shape), m_picture(picture), m_title(title), m_words(words) {
  setText(title); // for who cannot see
  setAccessibleName(title);
  setAccessibleDescription(words);
  setCursor(Qt::PointingHandCursor);
  setFocusPolicy(Qt::StrongFocus);
  QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
}

void PictureCard::setFoot(const QString& foot) {
  m_foot = foot;
  setAccessibleDescription(m_words + " " + foot);
  update();
}

QSize PictureCard::sizeHint() const {
  if (m_shape == Shape::Upright) return {int(theme().scaled(300)), int(theme().scaled(UprightHeight))};
  const double height = m_picture == SamplePicture::None ? BareHeight : LyingHeight;
  return {int(theme().scaled(260)), int(theme().scaled(height))};
}

QRectF PictureCard::pictureArea() const {
  if (m_picture == SamplePicture::None) return {};
  const double pad = theme().scaled(m_shape == Shape::Upright ? Padding : LyingPadding);
  if (m_shape == Shape::Upright) return {pad, pad, width() - 2 * pad, theme().scaled(UprightPicture)};
  return {pad, pad, theme().scaled(LyingPicture), height() - 2 * pad};
}

QRectF PictureCard::wordsArea() const {
  const QRectF picture = pictureArea();
  if (m_shape == Shape::Upright) {
    const double pad = theme().scaled(Padding), top = picture.bottom() + theme().scaled(10);
    return {pad, top, width() - 2 * pad, height() - top - theme().scaled(FootHeight) - pad};
  }
  const double pad = theme().scaled(LyingPadding), left = std::max(picture.right(), 0.0) + theme().scaled(12);
  return {left, pad - 2, width() - left - pad, height() - 2 * pad + 4};
}

double PictureCard::wordsHeight(double width) const {
  const bool upright = m_shape == Shape::Upright;
  const QFontMetricsF words(wordsFont(upright));
  const QRectF sentence = words.boundingRect(QRectF(0, 0, width, 10000), Qt::TextWordWrap, m_words);
  return lineOf(titleFont(upright)) + TitleGap + sentence.height();
}

int PictureCard::heightForWidth(int width) const {
  const int usual = sizeHint().height();
  if (m_picture == SamplePicture::None) return usual; // whose line is elided
  const double without = height() - wordsArea().height(), aside = this->width() - wordsArea().width();
  return std::max(usual, int(std::ceil(wordsHeight(width - aside) + without)));
}

bool PictureCard::wordsFit() const {
  const QRectF area = wordsArea();
  const double title = QFontMetricsF(titleFont(m_shape == Shape::Upright)).horizontalAdvance(m_title);
  return title <= area.width() && wordsHeight(area.width()) <= area.height() + 1;
}

void PictureCard::paintWords(QPainter& painter) const {
  const bool upright = m_shape == Shape::Upright, bare = m_picture == SamplePicture::None;
  QRectF area = wordsArea();
  const QFont title = titleFont(upright), words = wordsFont(upright);
  painter.setFont(title);
  painter.setPen(theme().color(Role::Title));
  const auto elided = [&](const QFont& font, const QString& text) {
    return QFontMetricsF(font).elidedText(text, bare ? Qt::ElideMiddle : Qt::ElideRight, area.width());
  };
  painter.drawText(QRectF(area.left(), area.top(), area.width(), lineOf(title)),
                   Qt::AlignLeft | Qt::TextDontClip, // Chinese is taller
                   elided(title, m_title));
  area.setTop(area.top() + lineOf(title) + (bare ? 0 : TitleGap));
  painter.setFont(words);
  painter.setPen(theme().color(upright ? Role::Text : Role::Muted));
  if (bare) painter.drawText(area, Qt::AlignLeft, elided(words, m_words)); // a folder: one line
  else painter.drawText(area, Qt::AlignLeft | Qt::TextWordWrap, m_words);
  if (m_foot.isEmpty()) return;
  painter.setFont(theme().small());
  painter.setPen(theme().color(Role::Muted));
  const double pad = theme().scaled(Padding), foot = theme().scaled(FootHeight);
  painter.drawText(QRectF(pad, height() - foot - pad * 0.7, width() - 2 * pad, foot), Qt::AlignLeft | Qt::AlignVCenter,
                   QFontMetricsF(theme().small()).elidedText(m_foot, Qt::ElideRight, width() - 2 * pad));
}

void PictureCard::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const bool strong = underMouse() || hasFocus();
  painter.setPen(QPen(theme().color(strong ? Role::Accent : Role::Hairline), hasFocus() ? 2 : 1));
  painter.setBrush(theme().color(isDown() ? Role::AccentTint : Role::Card));
  painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 7, 7);
  if (m_picture != SamplePicture::None) drawSamplePicture(painter, pictureArea(), m_picture);
  paintWords(painter);
}

void PictureCard::enterEvent(QEnterEvent*) { update(); }
void PictureCard::leaveEvent(QEvent*) { update(); }

} // namespace sockwalk
