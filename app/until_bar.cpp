#include "app/until_bar.h"
#include "engine/tell/expression/expression.h"
#include "views/packets/filter_line.h"
#include "views/theme/icons.h"
#include "views/walk/text.h"
#include <QAbstractItemView>
#include <QCompleter>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QProgressBar>
#include <QStackedLayout>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

namespace sockwalk {

UntilBar::UntilBar(Walk& walk, QWidget* parent)
    : QFrame(parent), m_walk(walk), m_run(walk), m_line(new FilterLine(m_run.vocabulary(), this)),
      m_words(new QLabel(this)), m_progress(new QProgressBar(this)) {
  setObjectName("untilBar");
  setProperty("card", true);
  build();
  connect(m_line, &QLineEdit::textEdited, this, &UntilBar::check);
  connect(m_line, &QLineEdit::returnPressed, this, // while the list of words is open
          [this] { begin(!(QGuiApplication::keyboardModifiers() & Qt::ShiftModifier)); });
  m_line->installEventFilter(this);
  connect(&m_run, &UntilRun::progress, this, [this](double share) {
    m_progress->setValue(int(share * 1000));
    showState();
  });
  connect(&m_run, &UntilRun::ended, this, [this](bool found, const QString& words) {
    say(words, found ? "good" : "muted");
    showState();
  });
  connect(&walk, &Walk::opened, this, [this] { say({}, "muted"), showState(); });
  showState();
  hide();
}

void UntilBar::build() {
  auto* title = new QLabel(tr("Run until"), this);
  title->setProperty("role", "title");
  title->setBuddy(m_line);
  m_line->setPlaceholderText(
      tr("call == tcp_v4_rcv, sock.sk_state == TCP_ESTABLISHED, tcp.port == 80, drop, sleeps …"));
  m_line->setAccessibleName(tr("The condition until which the walk runs"));
  m_line->setClearButtonEnabled(true);
  auto* row = new QHBoxLayout;
  row->setSpacing(6);
  row->addWidget(title);
  row->addWidget(m_line, 1);
  const auto button = [&](const QString& text, const QString& tip, auto act) {
    auto* b = new QToolButton(this);
    b->setText(text);
    b->setToolTip(tip);
    b->setAccessibleName(tip);
    connect(b, &QToolButton::clicked, this, act);
    row->addWidget(b);
    return b;
  };
  m_back = button(QStringLiteral("◀"), tr("Back to where it held last (Shift+Return)"), [this] { begin(false); });
  m_forward = button(QStringLiteral("▶"), tr("On to where it holds next (Return)"), [this] { begin(true); });
  m_stop = button(tr("Stop"), tr("Stop looking (Escape)"), [this] { m_run.stop(); });
  QToolButton* end = button({}, tr("Close this line (Escape)"), [this] { close(); });
  end->setIcon(makeIcon(Icon::Close, IconTone::Muted));
  end->setAutoRaise(true);
  end->setStyleSheet("QToolButton { border: 0; background: transparent; }");
  m_words->setTextFormat(Qt::PlainText);
  m_words->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
  m_progress->setRange(0, 1000);
  m_progress->setTextVisible(false);
  m_progress->setAccessibleName(tr("How much of the record has been looked through"));
  auto* box = new QVBoxLayout(this);
  box->setContentsMargins(12, 8, 8, 8);
  box->setSpacing(4);
  box->addLayout(row);
  m_below = new QStackedLayout; // one line, whatever is in it: the stage below does not move
  m_below->addWidget(m_words);
  m_below->addWidget(m_progress);
  box->addLayout(m_below);
}

void UntilBar::open() {
  show();
  m_line->setFocus(Qt::ShortcutFocusReason);
  m_line->selectAll();
}

void UntilBar::close() {
  m_run.stop();
  hide();
}

void UntilBar::run(const QString& condition, bool forward) {
  m_line->setText(condition);
  open();
  begin(forward);
}

QString UntilBar::said() const { return m_said; }

// The place is named with what is wrong there, as in the list of packets.
bool UntilBar::check() {
  const QString condition = m_line->text().trimmed();
  if (condition.isEmpty()) return m_line->setState(FilterLine::State::Plain), say({}, "muted"), false;
  const auto problem = m_run.check(condition);
  m_line->setState(problem ? FilterLine::State::Wrong : FilterLine::State::Good);
  say(problem ? shown(problem->sentence) : QString(), problem ? "danger" : "muted");
  return !problem;
}

void UntilBar::begin(bool forward) {
  if (!m_walk.isOpen()) return say(tr("No walk is open."), "danger");
  if (m_line->text().trimmed().isEmpty()) {
    const auto problem = m_run.check({});
    return say(problem ? shown(problem->sentence) : QString(), "danger");
  }
  if (!check()) return;
  m_run.start(m_line->text().trimmed(), forward);
}

void UntilBar::say(const QString& words, const char* role) {
  m_said = words;
  m_words->setProperty("role", role);
  m_words->style()->unpolish(m_words);
  m_words->style()->polish(m_words);
  m_words->setToolTip(words);
  m_words->setAccessibleName(words);
  showWords();
}

// What does not fit is in the tool tip, and in the words at the left.
void UntilBar::showWords() {
  const int room = std::max(60, width() - 24);
  m_words->setText(m_words->fontMetrics().elidedText(m_said, Qt::ElideRight, room));
}

void UntilBar::resizeEvent(QResizeEvent* event) {
  QFrame::resizeEvent(event);
  showWords();
}

void UntilBar::showState() {
  const bool looking = m_run.looking();
  m_below->setCurrentWidget(looking ? static_cast<QWidget*>(m_progress) : m_words);
  m_stop->setVisible(looking);
  m_back->setVisible(!looking);
  m_forward->setVisible(!looking);
}

bool UntilBar::eventFilter(QObject* watched, QEvent* event) {
  if (watched != m_line || (event->type() != QEvent::KeyPress && event->type() != QEvent::ShortcutOverride))
    return QFrame::eventFilter(watched, event);
  const auto* key = static_cast<QKeyEvent*>(event);
  const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter, escape = key->key() == Qt::Key_Escape;
  if (!enter && !escape) return QFrame::eventFilter(watched, event);
  if (event->type() == QEvent::ShortcutOverride) return event->accept(), true;
  m_line->words()->popup()->hide();
  if (enter) begin(!(key->modifiers() & Qt::ShiftModifier));
  else if (m_run.looking()) m_run.stop();
  else close();
  return true;
}

} // namespace sockwalk
