#include "views/lesson/said_place.h"
#include <QStyle>

namespace sockwalk {

static int lined(const QString& words, const QFont& font, int width) {
  return QFontMetrics(font).boundingRect(0, 0, width - 2, 10000, Qt::TextWordWrap, words).height();
}

SaidPlace::SaidPlace(QWidget* parent) : QLabel(parent) {
  setWordWrap(true);
  setTextFormat(Qt::PlainText);
  setAlignment(Qt::AlignLeft | Qt::AlignTop);
  QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
}

void SaidPlace::keepRoomFor(const QStringList& verdicts) {
  m_verdicts = verdicts;
  m_right = m_judged = false;
  updateGeometry();
}

void SaidPlace::now(const QString& sentence) {
  if (!m_right) say(sentence, "now");
}

void SaidPlace::verdict(bool right, const QString& words) {
  m_right = right;
  grow();
  say(words, right ? "right" : "wrong");
}

void SaidPlace::hint(const QString& words) {
  grow();
  now(words);
}

void SaidPlace::grow() {
  if (m_judged) return;
  emit grows();
  m_judged = true;
  updateGeometry();
}

void SaidPlace::say(const QString& words, const char* role) {
  m_words = words;
  setToolTip(words);
  if (property("said") != role) {
    setProperty("said", role);
    style()->unpolish(this);
    style()->polish(this);
  }
  fit();
}

void SaidPlace::fit() {
  const int lines = std::max(1, height() / fontMetrics().lineSpacing());
  const bool whole = lined(m_words, font(), width()) <= height();
  setText(whole ? m_words : fontMetrics().elidedText(m_words, Qt::ElideRight, width() * (2 * lines - 1) / 2));
}

// The sentence of now is cut off rather than let it push: the list of calls and the timeline say it, too.
int SaidPlace::heightForWidth(int width) const {
  constexpr int Lines = 2;
  ensurePolished();
  int height = Lines * lined(QStringLiteral("\u56fd"), font(), 100); // Chinese is higher than the font's own letters
  for (const QString& words : m_judged ? m_verdicts : QStringList())
    height = std::max(height, lined(words, font(), width));
  return height + 2;
}
QSize SaidPlace::sizeHint() const { return {160, heightForWidth(width())}; }

} // namespace sockwalk
