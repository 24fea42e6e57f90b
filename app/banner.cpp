#include "app/banner.h"
#include "engine/tell/messages.h"
#include "views/theme/icons.h"
#include <algorithm>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>
#include <utility>

namespace sockwalk {

Banner::Banner(QWidget* parent) : QFrame(parent) {
  setObjectName("banner");
  m_headline = new QLabel;
  m_rest = new QLabel;
  m_rest->setProperty("role", "mono");
  for (QLabel* label : {m_headline, m_rest}) {
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->setWordWrap(true);
  }
  auto* close = new QToolButton;
  close->setIcon(makeIcon(Icon::Close, IconTone::Muted));
  close->setAutoRaise(true);
  close->setStyleSheet("QToolButton { border: 0; background: transparent; }");
  close->setToolTip(tr("Close this message"));
  close->setAccessibleName(close->toolTip());
  connect(close, &QToolButton::clicked, this, &QWidget::hide);
  m_more = new QPushButton(tr("more"));
  m_more->setProperty("link", true);
  m_more->setFocusPolicy(Qt::TabFocus);
  connect(m_more, &QPushButton::clicked, this, [this] { m_whole = true, fit(); });
  m_below = new QHBoxLayout;
  m_below->setContentsMargins(0, 4, 0, 2);
  m_below->addStretch(1);
  auto* words = new QVBoxLayout;
  words->setSpacing(4);
  words->addWidget(m_headline);
  words->addWidget(m_rest);
  words->addLayout(m_below);
  m_row = new QHBoxLayout(this);
  m_row->setContentsMargins(14, 8, 8, 8);
  m_row->addLayout(words, 1);
  m_row->addWidget(m_more, 0, Qt::AlignBottom);
  m_row->addWidget(close, 0, Qt::AlignTop);
  hide();
}

void Banner::ask(const QString& message, const std::vector<Choice>& choices) {
  constexpr int MostBeside = 1000; // px: with buttons beside them, more words would be a tower of short lines
  const bool below = QFontMetrics(m_headline->font()).horizontalAdvance(message) > MostBeside;
  const bool hadKeys =
      std::ranges::any_of(m_choices, &QWidget::hasFocus); // one of them was pressed: this goes on from it
  say(Kind::Hint, message);
  m_whole = true; // who is to choose is told everything
  fit();
  for (const Choice& choice : choices) {
    auto* button = new QPushButton(choice.text);
    button->setProperty("primary", m_choices.empty());
    connect(button, &QPushButton::clicked, this, choice.chosen);
    if (below) m_below->insertWidget(m_below->count() - 1, button);
    else m_row->insertWidget(m_row->count() - 2, button, 0, Qt::AlignVCenter);
    button->show();
    m_choices.push_back(button);
  }
  if (hadKeys && !m_choices.empty()) m_choices.front()->setFocus();
}

void Banner::say(Kind kind, const QString& message) {
  for (QPushButton* button : std::exchange(m_choices, {})) {
    button->hide();
    button->deleteLater(); // it may be the one that was pressed
  }
  QStringList lines = message.trimmed().split('\n');
  for (QString& line : lines) line = QString::fromStdString(tell::spokenMessage(line.toStdString()));
  m_message = lines.join('\n');
  const qsizetype line = m_message.indexOf('\n');
  m_first = line < 0 ? m_message : m_message.left(line);
  m_whole = kind == Kind::Error; // what went wrong is said in full
  m_rest->setText(line < 0 ? QString() : m_message.mid(line + 1));
  m_rest->setVisible(line >= 0);
  setProperty("danger", kind == Kind::Error);
  setProperty("callout", kind == Kind::Hint);
  style()->unpolish(this);
  style()->polish(this);
  setAccessibleName(m_message);
  fit();
  show();
}

// A hint takes two lines of the stage's room, and all that it wants when it is asked to.
void Banner::fit() {
  constexpr int Lines = 2, AroundWords = 110; // px: margins, "more" and the cross
  const int room = width() - AroundWords;
  const QFontMetrics metrics(m_headline->font());
  const int height = metrics.boundingRect(0, 0, std::max(80, room), 10000, Qt::TextWordWrap, m_first).height();
  const bool cut = !m_whole && room > 80 && height > Lines * metrics.lineSpacing();
  m_headline->setText(cut ? metrics.elidedText(m_first, Qt::ElideRight, room * (2 * Lines - 1) / 2) : m_first);
  m_headline->setToolTip(cut ? m_first : QString());
  m_more->setVisible(cut);
}

} // namespace sockwalk
