#include "app/tour_bubble.h"
#include "app/tour_place.h"
#include "views/theme/theme.h"
#include <algorithm>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

namespace sockwalk {
namespace {

constexpr double Widths[] = {340, 290, 246, 216}; // px; the first that fits beside the part

QLabel* wrapped(const char* role, QWidget* parent) {
  auto* label = new QLabel(parent);
  label->setWordWrap(true);
  label->setTextFormat(Qt::PlainText);
  if (*role) label->setProperty("role", role);
  return label;
}

void showText(QLabel* label, const QString& text) {
  label->setText(text);
  label->setVisible(!text.isEmpty());
}

} // namespace

TourFrame::TourFrame(QWidget* window) : QWidget(window) {
  setAttribute(Qt::WA_TransparentForMouseEvents);
  hide();
}

void TourFrame::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(theme().color(Role::Accent), 2));
  painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 7, 7);
}

TourBubble::TourBubble(QWidget* window) : QFrame(window) {
  setObjectName("tour");
  auto* box = new QVBoxLayout(this);
  box->setContentsMargins(16, 12, 14, 12);
  box->setSpacing(7);
  buildHead(box);
  m_text = wrapped("", this);
  m_task = wrapped("accent", this);
  m_after = wrapped("good", this);
  for (QLabel* label : {m_text, m_task, m_after}) box->addWidget(label);
  buildFoot(box);
  hide();
}

void TourBubble::buildHead(QVBoxLayout* box) {
  auto* row = new QHBoxLayout;
  m_title = wrapped("title", this);
  m_where = new QLabel(this);
  m_where->setProperty("role", "small");
  row->addWidget(m_title, 1);
  row->addWidget(m_where, 0, Qt::AlignTop);
  box->addLayout(row);
}

void TourBubble::buildFoot(QVBoxLayout* box) {
  m_leave = new QPushButton(tr("Leave"), this);
  m_leave->setProperty("link", true);
  m_leave->setToolTip(tr("Leave the tour (Esc); what was open comes back"));
  m_back = new QPushButton(tr("Back"), this);
  m_next = new QPushButton(this);
  connect(m_leave, &QPushButton::clicked, this, &TourBubble::leave);
  connect(m_back, &QPushButton::clicked, this, &TourBubble::back);
  connect(m_next, &QPushButton::clicked, this, &TourBubble::next);
  for (QPushButton* button : {m_leave, m_back, m_next}) button->setAutoDefault(true); // Enter presses it
  auto* row = new QHBoxLayout;
  row->addWidget(m_leave);
  row->addStretch(1);
  row->addWidget(m_back);
  row->addWidget(m_next);
  box->addSpacing(2);
  box->addLayout(row);
}

void TourBubble::say(const Words& words) {
  m_where->setText(words.where);
  m_title->setText(words.title);
  showText(m_text, words.text);
  const bool done = !words.after.isEmpty();
  showText(m_task, done ? QString() : words.task);
  showText(m_after, done ? tr("✓ %1").arg(words.after) : QString());
  m_back->setEnabled(!words.first);
  m_leave->setVisible(!words.last);
  const bool waits = !done && !words.task.isEmpty();
  m_next->setText(words.last ? tr("Finish") : waits ? tr("Skip") : tr("Next"));
  m_next->setProperty("primary", !waits);
  m_next->style()->unpolish(m_next);
  m_next->style()->polish(m_next);
  setAccessibleName(tr("Tour: %1").arg(words.title));
  setAccessibleDescription(spoken());
  m_next->setFocus(Qt::OtherFocusReason);
}

QString TourBubble::title() const { return m_title->text(); }
QString TourBubble::spoken() const {
  QStringList all;
  for (const QLabel* label : {m_title, m_text, m_task, m_after})
    if (!label->isHidden() && !label->text().isEmpty()) all << label->text();
  return all.join(' ');
}

QSize TourBubble::sizeFor(int width) const {
  const int height = layout()->hasHeightForWidth() ? layout()->heightForWidth(width) : sizeHint().height();
  return {width, std::max(height, layout()->minimumSize().height())};
}

void TourBubble::standBeside(const QRect& target) {
  layout()->activate();
  QList<QSize> sizes;
  const int least = layout()->minimumSize().width(); // the buttons beside one another
  for (const double width : Widths) sizes << sizeFor(std::max(least, int(theme().scaled(width))));
  setGeometry(placeBeside(parentWidget()->rect(), target, sizes));
}

// Enter goes on.
void TourBubble::showEvent(QShowEvent*) { m_next->setFocus(Qt::OtherFocusReason); }

void TourBubble::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(theme().color(Role::Accent), 1.4));
  painter.setBrush(theme().color(Role::Card));
  painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 8, 8);
}

} // namespace sockwalk
