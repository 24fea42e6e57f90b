#include "app/presenter/room_question.h"
#include "views/theme/theme.h"
#include <algorithm>
#include <numeric>
#include <QPainter>

namespace sockwalk {

RoomQuestion::RoomQuestion(QWidget* parent) : QWidget(parent) {
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
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
  update();
}

QFont RoomQuestion::questionFont() const { return theme().sans(13.5, QFont::Bold); }
QFont RoomQuestion::choiceFont() const { return theme().sans(12.5); }

QSize RoomQuestion::sizeHint() const {
  if (!m_question) return {100, 0};
  const QFontMetrics question(questionFont()), choice(choiceFont());
  return {400, question.height() + choice.height() + int(theme().scaled(30))};
}

void RoomQuestion::paintChoice(QPainter& painter, const QRectF& box, int choice) const {
  const bool right = m_question->right == choice;
  painter.setPen(QPen(theme().color(right ? Role::Good : Role::Hairline), right ? theme().scaled(2) : 1));
  painter.setBrush(theme().color(Role::Raised));
  painter.drawRoundedRect(box, 6, 6);
  const double pad = theme().scaled(8);
  QRectF inner = box.adjusted(pad, 0, -pad, 0);
  painter.setFont(choiceFont());
  if (size_t(choice) < m_taken.size()) {
    const int all = std::max(1, std::accumulate(m_taken.begin(), m_taken.end(), 0));
    const QString number = QString::number(m_taken[size_t(choice)]);
    painter.setPen(theme().color(Role::Muted));
    painter.drawText(inner, Qt::AlignVCenter | Qt::AlignRight, number);
    inner.setRight(inner.right() - painter.fontMetrics().horizontalAdvance(number) - pad / 2);
    const double wide = inner.width() * 0.45, height = theme().scaled(8);
    painter.fillRect(
        QRectF(inner.right() - wide, box.center().y() - height / 2, wide * m_taken[size_t(choice)] / all, height),
        theme().color(Role::Accent));
    inner.setRight(inner.right() - wide - pad / 2);
  }
  painter.setPen(theme().color(right ? Role::Good : Role::Text));
  painter.drawText(inner, Qt::AlignVCenter | Qt::AlignLeft,
                   painter.fontMetrics().elidedText(m_question->choices[choice], Qt::ElideRight, int(inner.width())));
}

void RoomQuestion::paintEvent(QPaintEvent*) {
  if (!m_question) return;
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setFont(questionFont());
  painter.setPen(theme().color(Role::Title));
  const int line = painter.fontMetrics().height();
  QString count;
  if (m_followers)
    count = tr("%1 follow · %2 have answered").arg(m_followers).arg(std::accumulate(m_taken.begin(), m_taken.end(), 0));
  const int countWide = QFontMetrics(choiceFont()).horizontalAdvance(count);
  painter.drawText(QRect(0, 0, width() - countWide - 20, line), Qt::AlignLeft | Qt::AlignVCenter,
                   painter.fontMetrics().elidedText(m_question->text, Qt::ElideRight, width() - countWide - 20));
  painter.setFont(choiceFont());
  painter.setPen(theme().color(Role::Muted));
  painter.drawText(QRect(0, 0, width(), line), Qt::AlignRight | Qt::AlignVCenter, count);
  const QRectF row(0, line + theme().scaled(8), width(), QFontMetrics(choiceFont()).height() + theme().scaled(14));
  if (m_question->choices.isEmpty() || (m_question->right < 0 && !m_question->answer.isEmpty())) {
    painter.setPen(theme().color(m_question->answer.isEmpty() ? Role::Muted : Role::Good));
    painter.drawText(row, Qt::AlignVCenter, m_question->answer.isEmpty() ? QStringLiteral("?") : m_question->answer);
    return;
  }
  const double gap = theme().scaled(10),
               wide = (row.width() - gap * double(m_question->choices.size() - 1)) / double(m_question->choices.size());
  for (int i = 0; i < m_question->choices.size(); ++i)
    paintChoice(painter, QRectF(row.x() + i * (wide + gap), row.y(), wide, row.height()), i);
}

} // namespace sockwalk
