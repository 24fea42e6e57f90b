#include "app/welcome_page.h"
#include "app/document.h"
#include "app/key_maps.h"
#include "app/lesson_progress.h"
#include "app/picture_card.h"
#include "app/recent_files.h"
#include "app/samples.h"
#include "views/theme/theme.h"
#include "views/walk/walk.h"
#include <QAction>
#include <QCheckBox>
#include <QDir>
#include <QEvent>
#include <QFileInfo>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMainWindow>
#include <QMenuBar>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>
#include <QSettings>
#include <QVBoxLayout>

namespace sockwalk {
namespace {

constexpr const char* AtStart = "welcomeAtStart";
constexpr int ContentWidth = 1100, MostRecent = 6;
constexpr int Gap = 12;

QLabel* heading(const QString& text) {
  auto* label = new QLabel(text);
  label->setFont(theme().sans(13, QFont::Bold));
  return label;
}

QLabel* centred(const QString& text, const QFont& font, const char* role) {
  auto* label = new QLabel(text);
  label->setFont(font);
  label->setAlignment(Qt::AlignCenter);
  label->setWordWrap(true);
  if (*role) label->setProperty("role", role);
  return label;
}

QString shortFolder(const QString& path) {
  const QString folder = QFileInfo(path).absolutePath(), home = QDir::homePath();
  return (folder + "/").startsWith(home + "/") ? "~" + folder.mid(home.size()) : folder;
}

} // namespace

bool WelcomePage::wantedAtStart() { return QSettings().value(AtStart, true).toBool(); }
void WelcomePage::setWantedAtStart(bool wanted) { QSettings().setValue(AtStart, wanted); }

WelcomePage::WelcomePage(Walk& walk, QAction& atStart, QWidget* window)
    : QWidget(window), m_walk(walk), m_atStart(atStart) {
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
    if (isVisible()) build();
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
QWidget* WelcomePage::inTheMiddle(QWidget* column) {
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
  auto* column = new QWidget;
  auto* box = new QVBoxLayout(column);
  box->setContentsMargins(0, 18, 0, 12);
  box->setSpacing(0);
  box->addStretch(1);
  buildHead(box);
  buildDoors(box);
  buildLists(box);
  box->addStretch(2);
  m_scroll->setWidget(inTheMiddle(column)); // what was there before goes
  delete m_foot;
  m_foot = inTheMiddle(foot());
  layout()->addWidget(m_foot);
}

void WelcomePage::buildHead(QVBoxLayout* box) {
  box->addWidget(centred(tr("A walk through the Linux network stack"), theme().sans(23, QFont::Bold), ""));
  box->addSpacing(2);
  box->addWidget(centred(tr("The real functions, structures and bytes. Every step goes forward, and back."),
                         theme().sans(13), "muted"));
  box->addSpacing(16);
}

void WelcomePage::buildDoors(QVBoxLayout* box) {
  using Shape = PictureCard::Shape;
  auto* walk = new PictureCard(Shape::Upright, SamplePicture::CallPath, tr("Walk socket()"),
                               tr("From the system call to the descriptor: watch four objects be born."));
  walk->setFoot(tr("Begin here · 5 minutes"));
  auto* open = new PictureCard(Shape::Upright, SamplePicture::Capture, tr("Open a capture"),
                               tr("Choose one of its hosts and see what its kernel did."));
  open->setFoot(tr("pcap, pcapng, a session · or drop it here"));
  const LessonProgress next = lessonToGoOnWith();
  auto* lesson = new PictureCard(Shape::Upright, SamplePicture::Buffer, tr("Start a lesson"),
                                 tr("Predict, then step; the engine's own values answer."));
  if (next.last >= 0) lesson->setFoot(tr("Go on, %1: %2").arg(progressWords(next), next.title));
  else lesson->setFoot(tr("Begins with: %1 · %2").arg(next.title, progressWords(next)));
  lesson->setEnabled(!next.file.isEmpty());
  connect(walk, &PictureCard::clicked, this, &WelcomePage::walkWanted);
  connect(open, &PictureCard::clicked, this, &WelcomePage::openWanted);
  connect(lesson, &PictureCard::clicked, this, [this, file = next.file] { emit lessonWanted(file); });
  auto* row = new QHBoxLayout;
  row->setSpacing(Gap);
  for (PictureCard* door : {walk, open, lesson}) row->addWidget(door, 1);
  box->addLayout(row);
  box->addSpacing(16);
}

void WelcomePage::buildLists(QVBoxLayout* box) {
  auto* lists = new QHBoxLayout;
  lists->setSpacing(Gap);
  lists->addWidget(recentColumn(), 1);
  lists->addWidget(samplesGrid(), 2);
  box->addLayout(lists);
}

QWidget* WelcomePage::recentColumn() {
  auto* widget = new QWidget;
  auto* column = new QVBoxLayout(widget);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(6);
  column->addWidget(heading(tr("Recent")));
  const QStringList files = recentFiles();
  for (const QString& path : files.mid(0, MostRecent)) {
    auto* card = new PictureCard(PictureCard::Shape::Lying, SamplePicture::None, fileTitle(path), shortFolder(path));
    card->setToolTip(path);
    connect(card, &PictureCard::clicked, this, [this, path] { emit fileWanted(path); });
    column->addWidget(card);
  }
  if (files.isEmpty()) {
    auto* nothing = new QLabel(tr("What you open or save will stand here."));
    nothing->setProperty("role", "muted");
    nothing->setWordWrap(true);
    column->addWidget(nothing);
  }
  column->addStretch(1);
  return widget;
}

QWidget* WelcomePage::samplesGrid() {
  auto* widget = new QWidget;
  auto* grid = new QGridLayout(widget);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setHorizontalSpacing(Gap);
  grid->setVerticalSpacing(6);
  grid->addWidget(heading(tr("Samples, and what to watch in them")), 0, 0, 1, 2);
  int place = 0;
  for (const Sample& sample : samples()) {
    auto* card = new PictureCard(PictureCard::Shape::Lying, sample.picture, sample.title, sample.watch);
    card->setToolTip(sample.path);
    connect(card, &PictureCard::clicked, this, [this, path = sample.path] { emit fileWanted(path); });
    grid->addWidget(card, 1 + place / 2, place % 2);
    ++place;
  }
  grid->setColumnStretch(0, 1);
  grid->setColumnStretch(1, 1);
  grid->setRowStretch(2 + place / 2, 1);
  return widget;
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
  if (m_foot) painter.drawLine(0, m_foot->y(), width(), m_foot->y());
}

} // namespace sockwalk
