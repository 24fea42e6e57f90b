#include "app/welcome_page.h"
#include "app/key_maps.h"
#include "app/lesson_progress.h"
#include "app/picture_card.h"
#include "app/window_language.h"
#include "views/theme/theme.h"
#include "views/walk/walk.h"
#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QMainWindow>
#include <QMenuBar>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QSettings>
#include <QTimer>
#include <QVBoxLayout>

namespace sockwalk {
namespace {

constexpr const char* AtStart = "welcomeAtStart";
constexpr int ContentWidth = 1100;
constexpr int Gap = 12;

QLabel* centred(const QString& text, const QFont& font, const char* role) {
  auto* label = new QLabel(text);
  label->setFont(font);
  label->setAlignment(Qt::AlignCenter);
  label->setWordWrap(true);
  if (*role) label->setProperty("role", role);
  return label;
}

} // namespace

bool WelcomePage::wantedAtStart() { return QSettings().value(AtStart, true).toBool(); }
void WelcomePage::setWantedAtStart(bool wanted) { QSettings().setValue(AtStart, wanted); }

WelcomePage::WelcomePage(Walk& walk, QAction& atStart, std::function<int()> socketSteps, QWidget* window)
    : QWidget(window), m_walk(walk), m_atStart(atStart), m_socketSteps(std::move(socketSteps)) {
  setObjectName("welcome");
  setAccessibleName(tr("Welcome"));
  m_scroll = new QScrollArea(this);
  m_scroll->setWidgetResizable(true);
  m_scroll->setFrameShape(QFrame::NoFrame);
  m_scroll->setFocusPolicy(Qt::NoFocus);
  auto* box = new QVBoxLayout(this);
  box->setContentsMargins(0, 0, 0, 0);
  box->setSpacing(0);
  box->addWidget(m_scroll, 1);
  hide();
  window->installEventFilter(this);
  connect(&walk, &Walk::opened, this, &QWidget::hide);
  connect(&walk, &Walk::moved, this, [this](EventIndex, EventIndex, bool jump) {
    if (!jump) hide(); // a step: somebody walks
  });
  connect(&ThemeHub::instance(), &ThemeHub::themeChanged, this, [this] {
    if (isVisible()) QTimer::singleShot(0, this, &WelcomePage::build); // what was pressed for it may be on the page
  });
}

void WelcomePage::welcome() {
  build();
  if (!isVisible()) m_keysWere = parentWidget()->focusWidget();
  cover();
  show();
  raise();
  lockTheRest(true);
  if (auto* first = findChild<PictureCard*>()) first->setFocus(Qt::OtherFocusReason);
}

// What is given stands in the middle of the page, as wide as it reads well.
QWidget* WelcomePage::inTheMiddle(QWidget* column) const {
  auto* page = new QWidget;
  column->setMaximumWidth(int(theme().scaled(ContentWidth)));
  auto* outer = new QHBoxLayout(page);
  outer->setContentsMargins(24, 0, 24, 0);
  outer->addStretch(0);
  outer->addWidget(column, 1);
  outer->addStretch(0);
  return page;
}

void WelcomePage::build() {
  const bool hadKeys = isAncestorOf(QApplication::focusWidget());
  auto* column = new QWidget;
  auto* box = new QVBoxLayout(column);
  box->setContentsMargins(0, 8, 0, 8);
  box->setSpacing(0);
  box->addStretch(2);
  buildHead(box);
  buildDoors(box);
  buildLists(box);
  box->addStretch(3);
  m_scroll->setWidget(inTheMiddle(column)); // what was there before goes
  delete m_top;
  delete m_foot;
  m_top = buildTop();
  m_foot = inTheMiddle(foot());
  static_cast<QBoxLayout*>(layout())->insertWidget(0, m_top);
  layout()->addWidget(m_foot);
  if (hadKeys) findChild<PictureCard*>()->setFocus(Qt::OtherFocusReason);
}

// A word to press.
QPushButton* WelcomePage::link(const QString& text, const QString& tip) {
  auto* button = new QPushButton(text);
  button->setProperty("link", true);
  button->setCursor(Qt::PointingHandCursor);
  button->setToolTip(tip);
  button->setStyleSheet(QStringLiteral("font-size: %1px").arg(qRound(theme().scaled(12.5))));
  return button;
}

// What it is, and in which language: each names itself in its own words.
QWidget* WelcomePage::buildTop() {
  auto* widget = new QWidget(this);
  auto* row = new QHBoxLayout(widget);
  row->setContentsMargins(20, 8, 20, 4);
  row->setSpacing(2);
  auto* name = new QLabel(QStringLiteral("Sockwalk"));
  name->setFont(theme().sans(14, QFont::Bold));
  row->addWidget(name);
  row->addStretch(1);
  const Language now = WindowLanguage::instance().language();
  for (const auto& [language, word] : {std::pair(Language::English, QStringLiteral("English")),
                                       std::pair(Language::Chinese, QStringLiteral("中文"))}) {
    if (language == Language::Chinese) row->addWidget(new QLabel(QStringLiteral("·")));
    QPushButton* button = link(word, {});
    button->setObjectName(language == Language::Chinese ? "chinese" : "english");
    if (language == now) button->setStyleSheet(button->styleSheet() + QStringLiteral("; font-weight: 700"));
    button->setCheckable(true);
    button->setChecked(language == now);
    connect(button, &QPushButton::clicked, this, [this, button, chinese = language == Language::Chinese, now] {
      button->setChecked(chinese == (now == Language::Chinese)); // until it is so
      emit languageWanted(chinese);
    });
    row->addWidget(button);
  }
  return widget;
}

void WelcomePage::buildHead(QVBoxLayout* box) {
  box->addWidget(centred(tr("A walk through the Linux network stack"), theme().sans(26, QFont::Bold), ""));
  box->addSpacing(2);
  box->addWidget(centred(tr("The real functions, structures and bytes. Every step goes forward, and back."),
                         theme().sans(13.5), "muted"));
  box->addSpacing(16);
}

void WelcomePage::buildDoors(QVBoxLayout* box) {
  using Shape = PictureCard::Shape;
  auto* walk = new PictureCard(Shape::Upright, SamplePicture::CallPath, tr("Walk socket()"),
                               tr("From the system call to the descriptor: watch four objects be born."));
  const int steps = m_socketSteps();
  walk->setFoot(steps ? tr("%L1 steps · 5 minutes · the best place to begin").arg(steps)
                      : tr("5 minutes · the best place to begin"));
  auto* open = new PictureCard(Shape::Upright, SamplePicture::Capture, tr("Open a capture"),
                               tr("Choose one of its hosts and see what its kernel did."));
  open->setFoot(tr("pcap, pcapng, a session · or drop it here"));
  connect(walk, &PictureCard::clicked, this, &WelcomePage::walkWanted);
  connect(open, &PictureCard::clicked, this, &WelcomePage::openWanted);
  auto* row = new QHBoxLayout;
  row->setSpacing(Gap);
  for (QWidget* door : {static_cast<QWidget*>(walk), static_cast<QWidget*>(open), lessonDoor()})
    row->addWidget(door, 1);
  box->addLayout(row);
  box->addSpacing(14);
}

QWidget* WelcomePage::lessonDoor() {
  const std::vector<LessonProgress> all = lessonProgress();
  const LessonProgress next = lessonToGoOnWith();
  int minutes = 0;
  for (const LessonProgress& lesson : all) minutes += lesson.minutes;
  auto* door = new PictureCard(
      PictureCard::Shape::Upright, SamplePicture::Buffer, tr("Start a lesson"),
      tr("%n lesson(s): predict, then step; the engine's own values answer.", nullptr, int(all.size())));
  if (next.last < 0) door->setFoot(tr("%L1 minutes in all · begins with: %2").arg(minutes).arg(next.title));
  else
    door->setFoot(tr("Last: lesson %1, stop %2 of %3")
                      .arg(next.number.isEmpty() ? next.title : next.number)
                      .arg(next.last + 1)
                      .arg(next.stops));
  door->setEnabled(!next.file.isEmpty());
  connect(door, &PictureCard::clicked, this, [this, file = next.file] { emit lessonWanted(file); });
  return door;
}

void WelcomePage::buildLists(QVBoxLayout* box) {
  auto* lists = new QHBoxLayout;
  lists->setSpacing(Gap);
  lists->addWidget(recentColumn(), 1);
  lists->addWidget(samplesGrid(), 2);
  box->addLayout(lists);
}

QWidget* WelcomePage::foot() {
  const auto key = [](Command c) {
    const KeyMap map = keyMapFromId(QSettings().value("keyMap").toString());
    return keysOf(c, map).first().toString(QKeySequence::NativeText);
  };
  auto* keys = new QLabel(tr("Keys: %1 steps into · %2 steps out · %3 goes back · Ctrl+P finds anything")
                              .arg(key(Command::StepInto), key(Command::StepOut), key(Command::StepBackInto)));
  keys->setProperty("role", "muted");
  auto* never = new QCheckBox(tr("Don't show this at the start"));
  never->setChecked(!m_atStart.isChecked());
  never->setToolTip(tr("Help > Welcome shows it again."));
  connect(never, &QCheckBox::toggled, &m_atStart, [this](bool on) { m_atStart.setChecked(!on); });
  connect(&m_atStart, &QAction::toggled, never, [never](bool on) { never->setChecked(!on); });
  auto* close = new QPushButton(tr("To the window (Esc)"));
  connect(close, &QPushButton::clicked, this, &QWidget::hide);
  auto* widget = new QWidget;
  auto* row = new QHBoxLayout(widget);
  row->setContentsMargins(0, 10, 0, 12);
  row->setSpacing(16);
  row->addWidget(keys, 1);
  row->addWidget(never);
  row->addWidget(close);
  return widget;
}

// ---- over the window

void WelcomePage::cover() {
  const auto* window = qobject_cast<QMainWindow*>(parentWidget());
  const int top = window && window->menuWidget() ? window->menuWidget()->geometry().bottom() + 1 : 0;
  setGeometry(0, top, parentWidget()->width(), parentWidget()->height() - top);
}

bool WelcomePage::eventFilter(QObject* watched, QEvent* event) {
  if (watched == parentWidget() && isVisible() &&
      (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest))
    cover();
  return QWidget::eventFilter(watched, event);
}

void WelcomePage::lockTheRest(bool lock) {
  for (const QPointer<QWidget>& widget : std::exchange(m_locked, {}))
    if (widget) widget->setEnabled(true);
  if (!lock) return;
  const auto* window = qobject_cast<QMainWindow*>(parentWidget());
  for (QWidget* widget : parentWidget()->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly)) {
    const bool stays = widget == this || widget->isWindow() || (window && widget == window->menuWidget());
    if (stays || !widget->isEnabled()) continue;
    widget->setEnabled(false);
    m_locked << widget;
  }
}

void WelcomePage::hideEvent(QHideEvent*) {
  lockTheRest(false);
  emit gone();
  if (m_keysWere) m_keysWere->setFocus(Qt::OtherFocusReason);
}

void WelcomePage::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) return hide();
  QWidget::keyPressEvent(event);
}

void WelcomePage::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(rect(), theme().color(Role::Page));
  painter.setPen(theme().color(Role::Hairline));
  if (m_top) {
    painter.fillRect(m_top->geometry(), theme().color(Role::Card));
    painter.drawLine(0, m_top->geometry().bottom(), width(), m_top->geometry().bottom());
  }
  if (m_foot) painter.drawLine(0, m_foot->y(), width(), m_foot->y());
}

} // namespace sockwalk
