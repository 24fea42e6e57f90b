#include "app/presenter/room_question.h"
#include "views/theme/theme.h"
#include <algorithm>
#include <numeric>
#include <QPainter>

namespace sockwalk {

RoomQuestion::RoomQuestion(QWidget* parent) : QWidget(parent) {
  QSizePolicy high(QSizePolicy::Preferred, QSizePolicy::Minimum);
  high.setHeightForWidth(true);
  setSizePolicy(high);
  connect(&ThemeHub::instance(), &ThemeHub::themeChanged, this, [this] { updateGeometry(), update(); });
}

void RoomQuestion::ask(const std::optional<PresentedQuestion>& question) {
  if (!question || !m_question || question->text != m_question->text) m_taken.clear();
  m_question = question;
  setVisible(question.has_value());
  setAccessibleName(question ? question->text : QString());
  setAccessibleDescription(question ? question->choices.join(QStringLiteral("; ")) : QString());
  updateGeometry();
  update();
}

void RoomQuestion::count(const std::vector<int>& taken, int followers) {
  m_taken = taken;
  m_followers = followers;
  updateGeometry();
  update();
}

QFont RoomQuestion::questionFont() const { return theme().sans(13.5, QFont::Bold); }
QFont RoomQuestion::choiceFont() const { return theme().sans(12.5); }

namespace {
constexpr double Gap = 10, Pad = 8; // between the choices, and between a choice's border and its words
constexpr double BarShare = 0.45;   // of a choice's width: how many have taken it
constexpr int Wrapped = Qt::AlignLeft | Qt::AlignVCenter | Qt::TextWordWrap;

int heightOf(const QFont& font, const QString& words, int width) {
  return QFontMetrics(font).boundingRect(QRect(0, 0, width, 10'000), Wrapped, words).height();
}
} // namespace

QString RoomQuestion::countWords() const {
  if (!m_followers) return {};
  return tr("%1 follow · %2 have answered").arg(m_followers).arg(std::accumulate(m_taken.begin(), m_taken.end(), 0));
}

QString RoomQuestion::below() const {
  if (m_question->task) return {};
  if (!m_question->answer.isEmpty()) return m_question->answer;
  if (m_question->items.isEmpty()) return QStringLiteral("?");
  const QString items = m_question->items.join(QStringLiteral("  ·  "));
  if (m_question->values.isEmpty()) return items;
  return items + '\n' + tr("Each has one of: %1").arg(m_question->values.join(QStringLiteral("  ·  ")));
}

RoomQuestion::Laid RoomQuestion::lay(int width) const {
  Laid out;
  if (!m_question) return out;
  const int gap = int(theme().scaled(Gap)), counted = QFontMetrics(choiceFont()).horizontalAdvance(countWords());
  out.question.setWidth(width - (counted ? counted + 2 * gap : 0));
  out.question.setHeight(heightOf(questionFont(), m_question->text, out.question.width()));
  out.count = QRect(width - counted, 0, counted, QFontMetrics(questionFont()).height());
  out.height = out.question.height();
  const bool choose = !m_question->choices.isEmpty() && (m_question->right >= 0 || m_question->answer.isEmpty());
  if (choose) {
    layChoices(out, width);
  } else if (const QString words = below(); !words.isEmpty()) {
    out.below = QRect(0, out.height + gap / 2, width, heightOf(choiceFont(), words, width));
    out.height = out.below.bottom() + 1;
  }
  return out;
}

// In one row if each is seen whole there, else in two columns, else in one: with as many lines as they take.
void RoomQuestion::layChoices(Laid& laid, int width) const {
  const int gap = int(theme().scaled(Gap)), pad = int(theme().scaled(Pad)), count = int(m_question->choices.size());
  const QFontMetrics metrics(choiceFont());
  const double words = m_taken.empty() ? 1 : 1 - BarShare;
  const auto widthIn = [&](int columns) { return (width - gap * (columns - 1)) / columns; };
  const auto room = [&](int columns) {
    return int((widthIn(columns) - 2 * pad) * words) - (m_taken.empty() ? 0 : 3 * pad);
  };
  const auto fit = [&](int columns) {
    return std::ranges::all_of(
        m_question->choices, [&](const QString& choice) { return metrics.horizontalAdvance(choice) <= room(columns); });
  };
  const int columns = fit(count) ? count : fit(2) || count == 2 ? 2 : 1;
  for (int first = 0; first < count; first += columns) {
    int tallest = 0;
    for (int i = first; i < std::min(count, first + columns); ++i)
      tallest = std::max(tallest, heightOf(choiceFont(), m_question->choices[i], room(columns)));
    const int top = laid.height + gap / (first ? 2 : 1), height = tallest + pad;
    for (int i = first; i < std::min(count, first + columns); ++i)
      laid.choices.emplace_back((i - first) * (widthIn(columns) + gap), top, widthIn(columns), height);
    laid.height = top + height + 1;
  }
}

// A bar, and the number, at the choice's right end.
QRect RoomQuestion::paintTaken(QPainter& painter, QRect inner, int choice) const {
  const int all = std::max(1, std::accumulate(m_taken.begin(), m_taken.end(), 0)), pad = int(theme().scaled(Pad));
  const QString number = QString::number(m_taken[size_t(choice)]);
  painter.setPen(theme().color(Role::Muted));
  painter.drawText(inner, Qt::AlignVCenter | Qt::AlignRight, number);
  const int wide = int(inner.width() * BarShare), height = int(theme().scaled(8));
  inner.setRight(inner.right() - painter.fontMetrics().horizontalAdvance(number) - pad / 2);
  painter.fillRect(
      QRect(inner.right() - wide, inner.center().y() - height / 2, wide * m_taken[size_t(choice)] / all, height),
      theme().color(Role::Accent));
  inner.setRight(inner.right() - wide - pad / 2);
  return inner;
}

void RoomQuestion::paintChoice(QPainter& painter, const QRect& box, int choice) const {
  const bool right = m_question->right == choice;
  painter.setPen(QPen(theme().color(right ? Role::Good : Role::Hairline), right ? theme().scaled(2) : 1));
  painter.setBrush(theme().color(Role::Raised));
  painter.drawRoundedRect(box, 6, 6);
  painter.setFont(choiceFont());
  const int pad = int(theme().scaled(Pad));
  QRect inner = box.adjusted(pad, 0, -pad, 0);
  if (size_t(choice) < m_taken.size()) inner = paintTaken(painter, inner, choice);
  painter.setPen(theme().color(right ? Role::Good : Role::Text));
  painter.drawText(inner, Wrapped, m_question->choices[choice]);
}

void RoomQuestion::paintEvent(QPaintEvent*) {
  if (!m_question) return;
  const Laid laid = lay(width());
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setFont(questionFont());
  painter.setPen(theme().color(Role::Title));
  painter.drawText(laid.question, Wrapped, m_question->text);
  painter.setFont(choiceFont());
  painter.setPen(theme().color(Role::Muted));
  painter.drawText(laid.count, Qt::AlignRight | Qt::AlignVCenter, countWords());
  if (!laid.below.isEmpty()) {
    const bool waits = m_question->answer.isEmpty() && m_question->items.isEmpty();
    painter.setPen(theme().color(waits ? Role::Muted : m_question->answer.isEmpty() ? Role::Text : Role::Good));
    painter.drawText(laid.below, Wrapped, below());
  }
  for (int i = 0; i < int(laid.choices.size()); ++i) paintChoice(painter, laid.choices[size_t(i)], i);
}

} // namespace sockwalk
