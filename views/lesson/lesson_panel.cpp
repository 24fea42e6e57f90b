#include "views/lesson/lesson_panel.h"
#include "engine/base/data.h"
#include "engine/scenario/truth_format.h"
#include "engine/tell/in_words.h"
#include "engine/tell/moments.h"
#include "views/lesson/breakable.h"
#include "views/lesson/call_list.h"
#include "views/lesson/call_row.h"
#include "views/lesson/lab_bench.h"
#include "views/lesson/lab_card.h"
#include "views/lesson/lesson_end.h"
#include "views/lesson/lesson_text.h"
#include "views/lesson/question_card.h"
#include "views/lesson/said_place.h"
#include "views/theme/elided_label.h"
#include "views/theme/icons.h"
#include "views/theme/menus.h"
#include "views/theme/theme.h"
#include "views/walk/selecting.h"
#include "views/walk/text.h"
#include <QAbstractTextDocumentLayout>
#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QResizeEvent>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTextBlock>
#include <QTextLayout>
#include <QtMath>
#include <QToolButton>
#include <QVBoxLayout>

namespace sockwalk {

QStringList lessonFiles() {
  QStringList out;
  for (const auto& lesson : dataEntries("lessons"))
    if (std::filesystem::exists(lesson / "lesson.md")) out << QString::fromStdString((lesson / "lesson.md").string());
  return out;
}

static QLabel* label(const char* role, QWidget* parent) {
  auto* l = new QLabel(parent);
  l->setProperty("role", role);
  l->setWordWrap(true);
  l->setTextFormat(Qt::PlainText);
  return l;
}

LessonPanel::LessonPanel(Walk& walk, QWidget* parent) : View(walk, parent) {
  auto* box = new QVBoxLayout(this);
  box->setContentsMargins(0, 0, 0, 0);
  m_title = new ElidedLabel(this);
  m_title->setProperty("role", "title");
  m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  m_heading = m_title;
  m_pages = new QStackedWidget(this);
  box->addWidget(m_title);
  box->addWidget(m_pages, 1);
  buildBench();
  buildNarrationPage();
  buildLessonPage();
  buildEndPage();
  buildTroublePage();
  connect(&m_walk, &Walk::pointed, this, [this](u32 offset) { clicked({"", {}, offset}); });
  connect(&m_walk, &Walk::lineClicked, this, [this](const QString& line) { clicked({line.toStdString()}); });
  m_find = new FindBar(this, tr("In these words"), searchOf(placesToFind()));
  refresh();
}

void LessonPanel::opened() {
  if (!m_opening) closeLesson();
}

void LessonPanel::recorded() {
  refresh();
  if (!m_opening) judgeLab();
}

// The walk stays where the person has gone from the stop, and the questions as they were answered.
void LessonPanel::restyled() {
  if (!inLesson()) return;
  showWords();
  if (m_pages->currentWidget() == m_endPage) showEnd();
}

void LessonPanel::buildNarrationPage() {
  auto* page = new QWidget;
  auto* box = new QVBoxLayout(page);
  box->setContentsMargins(12, 4, 8, 8);
  box->setSpacing(6);
  m_sentence = label("", page);
  m_notes = label("muted", page);
  m_list = new QListView(page);
  m_calls = new CallList(m_walk, this);
  m_list->setModel(m_calls);
  m_list->setItemDelegate(new CallRow(m_list));
  m_list->setUniformItemSizes(true);
  m_list->setSelectionMode(QAbstractItemView::NoSelection);
  m_list->setAccessibleName(tr("Calls of this stimulus"));
  const auto go = [this](const QModelIndex& i) { m_walk.seek(i.data(CallList::PositionRole).toUInt()); };
  connect(m_list, &QListView::clicked, this, go);
  connect(m_list, &QListView::activated, this, go);
  m_lessons = new QPushButton(tr("Start a lesson"), page);
  m_lessons->setMenu(new QMenu(m_lessons));
  connect(m_lessons->menu(), &QMenu::aboutToShow, this, &LessonPanel::fillLessonMenu);
  box->addWidget(m_sentence);
  box->addWidget(m_notes);
  box->addWidget(m_list, 1);
  box->addWidget(m_lessons);
  m_pages->addWidget(page);
}

void LessonPanel::fillLessonMenu() {
  QMenu* menu = m_lessons->menu();
  emptyMenu(*menu);
  menu->setToolTipsVisible(true);
  for (const QString& file : lessonFiles()) {
    const auto lesson = tell::readLesson(file.toStdString());
    QMenu& part = lesson ? menuOfPart(*menu, QString::fromStdString(lesson->part)) : *menu;
    const QString folder = QFileInfo(file).absoluteDir().dirName();
    QString text = lesson ? QString::fromStdString(lesson->title) : tr("⚠ %1 is broken").arg(folder);
    if (lesson && lesson->minutes) text = tr("%1 (%2 min)").arg(text).arg(lesson->minutes);
    QAction* const action = part.addAction(text, this, [this, file] { emit lessonWanted(file); });
    if (!lesson) action->setToolTip(QString::fromStdString(lesson.error().message));
  }
  if (menu->isEmpty()) menu->addAction(tr("No lessons were found beside the program"))->setEnabled(false);
}

void LessonPanel::buildLessonPage() {
  auto* page = new QWidget;
  auto* box = new QVBoxLayout(page);
  box->setContentsMargins(12, 0, 6, 6);
  box->setSpacing(4);
  m_where = label("accent", page);
  auto* close = new QToolButton(page);
  close->setIcon(makeIcon(Icon::Close, IconTone::Muted));
  close->setIconSize({10, 10});
  close->setStyleSheet("QToolButton { border: 0; background: transparent; padding: 2px; }");
  close->setFocusPolicy(Qt::TabFocus);
  close->setToolTip(tr("Leave the lesson; the walk stays open"));
  close->setAccessibleName(tr("Leave"));
  connect(close, &QToolButton::clicked, this, &LessonPanel::closeLesson);
  auto* head = new QHBoxLayout;
  head->setSpacing(2);
  head->addWidget(m_where, 1);
  head->addWidget(close, 0, Qt::AlignTop);
  box->addLayout(head);
  box->addWidget(textAndQuestions(page), 1);
  m_said = new SaidPlace(page);
  connect(m_said, &SaidPlace::grows, this, &LessonPanel::hold);
  box->addWidget(m_said);
  auto* buttons = new QHBoxLayout;
  m_back = new QPushButton(tr("◀  Back"), page);
  m_next = new QPushButton(tr("Next  ▶"), page);
  m_next->setProperty("primary", true);
  for (QPushButton* b : {m_back, m_next}) b->setProperty("slim", true);
  connect(m_back, &QPushButton::clicked, this, &LessonPanel::back);
  connect(m_next, &QPushButton::clicked, this, &LessonPanel::next);
  m_back->setToolTip(tr("The stop before (Alt+PgUp)"));
  m_next->setToolTip(tr("The next stop (Alt+PgDown)"));
  onKeys(m_back, Qt::ALT | Qt::Key_PageUp);
  onKeys(m_next, Qt::ALT | Qt::Key_PageDown);
  buttons->setSpacing(4);
  buttons->addWidget(m_back, 1);
  buttons->addWidget(m_next, 1);
  box->addLayout(buttons);
  m_pages->addWidget(page);
}

void LessonPanel::addBelow(QWidget* line) {
  auto* const column = static_cast<QVBoxLayout*>(m_said->parentWidget()->layout());
  column->insertWidget(column->indexOf(m_said), line);
}

QWidget* LessonPanel::textAndQuestions(QWidget* parent) {
  m_room = new QWidget(parent);
  m_page = new QScrollArea(m_room);
  m_page->setObjectName("stop");
  m_page->setWidgetResizable(true);
  m_page->setFrameShape(QFrame::NoFrame);
  m_page->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* inside = new QWidget;
  m_text = new LessonText(inside);
  m_text->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Ignored); // what the question leaves
  m_questions = new QVBoxLayout;
  auto* box = new QVBoxLayout(inside);
  box->setSizeConstraint(QLayout::SetNoConstraint); // how high all is at least, fitText() says
  // The scroll bar's room is kept for it: when it comes, nothing becomes narrower.
  QScrollBar* const bar = m_page->verticalScrollBar();
  const auto keepRoom = [box, bar](int, int most) {
    box->setContentsMargins(0, 0, most > 0 ? 0 : bar->sizeHint().width(), 0);
  };
  connect(bar, &QScrollBar::rangeChanged, this, keepRoom);
  keepRoom(0, 0);
  box->addWidget(m_text, 1);
  box->addLayout(m_questions);
  m_page->setWidget(inside);
  for (QWidget* clear : {inside, m_page->viewport()}) clear->setAutoFillBackground(false); // the card is behind them
  buildBelow();
  auto* rows = new QVBoxLayout(m_room);
  rows->setContentsMargins(0, 0, 0, 0);
  rows->setSpacing(2);
  rows->addWidget(m_page, 1);
  rows->addWidget(m_below, 0, Qt::AlignHCenter);
  for (QWidget* fitted : {m_room, m_page->viewport(), m_text->viewport(), inside}) fitted->installEventFilter(this);
  connect(m_text->document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
          &LessonPanel::fitText);
  return m_room;
}

// Where a question or a lab stands below what is seen: that there is one, and the way to it.
void LessonPanel::buildBelow() {
  m_below = new QPushButton(m_room);
  m_below->setObjectName("questionBelow");
  for (const char* look : {"primary", "slim"}) m_below->setProperty(look, true);
  m_below->hide();
  connect(m_below, &QPushButton::clicked, this, [this] {
    if (QWidget* card = cardBelow()) m_page->verticalScrollBar()->setValue(card->y());
  });
  connect(m_page->verticalScrollBar(), &QScrollBar::valueChanged, this, &LessonPanel::tellBelow);
  connect(m_page->verticalScrollBar(), &QScrollBar::rangeChanged, this, &LessonPanel::tellBelow);
}

QWidget* LessonPanel::cardBelow() const {
  constexpr int Enough = 60; // px of a card, to know it for one
  if (!m_scrolls) return nullptr;
  for (int i = 0; i < m_questions->count(); ++i)
    if (QWidget* const card = m_questions->itemAt(i)->widget();
        card && card->mapTo(m_page->viewport(), QPoint()).y() + Enough >= m_page->viewport()->height())
      return card;
  return nullptr;
}

void LessonPanel::tellBelow() {
  const QWidget* const card = cardBelow();
  if (card) m_below->setText(qobject_cast<const LabCard*>(card) ? tr("Lab ↓") : tr("Predict ↓"));
  m_below->setVisible(card);
}

// px that the questions take, beside a bar or without, and the gap above them.
int LessonPanel::asked() const {
  if (!m_questions->count()) return 0;
  const int gap = m_page->widget()->layout()->spacing();
  const int wide = m_page->width() - m_page->verticalScrollBar()->sizeHint().width();
  return gap +
         (m_questions->hasHeightForWidth() ? m_questions->heightForWidth(wide) : m_questions->sizeHint().height());
}
int LessonPanel::said() const { return qCeil(m_text->document()->size().height()); }

// Of the text as it is laid out now. Chinese lines are higher than the font says.
double LessonPanel::lineHeight() const {
  const QTextLayout& words = *m_text->document()->begin().layout();
  return words.lineCount() ? words.boundingRect().height() / words.lineCount() : 0;
}

// Beside the text's own bar the words are longer than without it: that there is room must hold with it, too.
bool LessonPanel::fitBoth() {
  const int least = int(12 / (theme().typeScale() * theme().typeScale())); // lines, if there are so many
  const auto fits = [&] { return m_room->height() - asked() >= std::min(qCeil(least * lineHeight()), said()); };
  if (fits()) {
    m_text->setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    if (fits()) return true;
  }
  m_text->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  return false;
}

// The text scrolls above its question. Where there is no room for both, as beside a tall list of packets, it is as tall as
// its words, and both scroll together.
void LessonPanel::fitText() {
  if (m_fitting) return;                    // a bar that comes or goes lays the text out anew
  QWidget* const inside = m_page->widget(); // how high questions are, their width says
  if (m_held) return inside->setMinimumHeight(std::max(inside->minimumHeight(), m_text->minimumHeight() + asked()));
  m_fitting = true;
  const bool both = fitBoth();
  // An answer that is shown in the text may make it a line longer: what may be pressed stays where it is.
  const bool open = std::ranges::find(m_open, 1) != m_open.end();
  m_tallest = std::max(m_tallest, said() + (open ? qCeil(lineHeight()) : 0));
  m_text->setMinimumHeight(both ? 0 : m_tallest);
  inside->setMinimumHeight(both ? 0 : m_tallest + asked());
  m_scrolls = !both;
  m_fitting = false;
  QSizePolicy place = m_below->sizePolicy(); // its line stays while one scrolls
  place.setRetainSizeWhenHidden(m_scrolls);
  m_below->setSizePolicy(place);
  QMetaObject::invokeMethod(this, &LessonPanel::tellBelow, Qt::QueuedConnection); // once it is laid out
}

// A verdict takes its room from the end of what is seen: what may be pressed stays where it is.
void LessonPanel::hold() {
  m_text->setMinimumHeight(m_text->height());
  m_page->widget()->setMinimumHeight(m_page->widget()->height());
  m_held = true;
}

bool LessonPanel::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::Resize && watched != m_page->widget()) {
    const auto* const resized = static_cast<QResizeEvent*>(event);
    const bool wider = resized->oldSize().width() != resized->size().width();
    if (wider) m_tallest = 0;
    if (wider && watched == m_room) m_held = false; // not by a bar that has come
    fitText();
  }
  if (event->type() == QEvent::LayoutRequest && watched == m_page->widget()) fitText(); // a lab that is begun is higher
  return View::eventFilter(watched, event);
}

void LessonPanel::closeLesson() {
  m_bench->forget();
  m_lesson = {};
  m_positions.clear();
  m_answered.clear();
  m_stop = 0;
  clearQuestions();
  m_open.clear();
  watch({});
  coverAnswers();
  m_pages->setCurrentIndex(0);
  emit readingChanged(false);
  if (m_walk.isOpen()) refresh();
}

void LessonPanel::next() {
  if (m_stop + 1 < stopCount()) showStop(m_stop + 1);
  else if (inLesson()) finish();
}
void LessonPanel::back() {
  if (m_stop > 0) showStop(m_stop - 1);
}

// ---- at its end

void LessonPanel::buildEndPage() {
  m_end = new LessonEnd(this);
  connect(m_end, &LessonEnd::again, this, [this] { showStop(0); });
  connect(m_end, &LessonEnd::back, this, [this] { showStop(m_stop); });
  connect(m_end, &LessonEnd::closed, this, &LessonPanel::closeLesson);
  connect(m_end, &LessonEnd::lessonWanted, this, &LessonPanel::lessonWanted);
  connect(m_end, &LessonEnd::welcomeWanted, this, &LessonPanel::welcomeWanted);
  auto* scroll = m_endPage = new QScrollArea(this); // a low dock scrolls it
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setWidgetResizable(true);
  scroll->setWidget(m_end);
  m_pages->addWidget(scroll);
}

void LessonPanel::finish() {
  leaveLab();
  showEnd();
  m_pages->setCurrentWidget(m_endPage);
  m_end->focusFirst();
}

void LessonPanel::showEnd() {
  LessonScore score;
  for (const tell::LessonStop& stop : m_lesson.stops) {
    for (const tell::Question& q : stop.questions) ++score.asked, score.points += q.points;
    for (const tell::Lab& lab : stop.labs) score.points += lab.points;
  }
  for (const auto& [question, answered] : m_answered) {
    score.right += int(answered.atOnce);
    score.earned += answered.points;
  }
  m_end->show(m_lesson, score, words(m_lesson.summary));
}

LessonPanel::Kept LessonPanel::putAside() {
  leaveLab();
  return {m_lesson, m_positions, m_answered, m_stop};
}

void LessonPanel::takeUp(Kept kept) {
  if (kept.lesson.stops.empty()) return;
  m_lesson = std::move(kept.lesson);
  m_positions = std::move(kept.positions);
  m_answered = std::move(kept.answered);
  putUp(kept.stop);
  refresh();
}

void LessonPanel::goTo(int stop) {
  if (stop >= 0 && stop < stopCount() && stop != m_stop) showStop(stop);
}

void LessonPanel::showWords() {
  const tell::LessonStop& s = m_lesson.stops[m_stop];
  m_title->setWords(QString::fromStdString(m_lesson.title));
  const QString stop = tr("stop %1 of %2").arg(m_stop + 1).arg(stopCount());
  m_where->setText(QStringLiteral("%1 · %2").arg(stop, QString::fromStdString(s.heading)));
  QString text = words(s.text);
  if (!s.picture.empty())
    text.prepend(QStringLiteral("![](%1)\n\n").arg(QFileInfo(QString::fromStdString(s.picture)).fileName()));
  m_text->showWords(text, QFileInfo(QString::fromStdString(m_lesson.file)).path());
  fitText();
}

void LessonPanel::putUp(int stop) {
  m_stop = stop;
  m_pages->setCurrentIndex(1);
  emit readingChanged(true);
  const tell::LessonStop& s = m_lesson.stops[stop];
  m_back->setEnabled(stop > 0);
  m_next->setText(stop + 1 < stopCount() ? tr("Next  ▶") : tr("Finish"));
  clearQuestions();
  m_open.assign(s.questions.size(), 1);
  m_tallest = 0;
  coverAnswers();
  showWords();
  QStringList verdicts;
  for (size_t i = 0; i < s.questions.size(); ++i) {
    addQuestion(s.questions[i], static_cast<int>(i));
    verdicts << verdictsOf(s.questions[i]);
  }
  for (size_t i = 0; i < s.labs.size(); ++i) {
    addLab(s.labs[i], static_cast<int>(s.questions.size() + i));
    verdicts << words(withNumbers(s.labs[i]).hint);
  }
  m_held = false;
  m_said->keepRoomFor(verdicts);
  orderKeys();
  fitText();
  m_page->ensureVisible(0, 0);
}

void LessonPanel::showStop(int stop) {
  leaveLab();
  const bool here = isAncestorOf(QApplication::focusWidget()); // who reads on by keys goes on from the words
  const QPointer<QWidget> keys = here && m_next->hasFocus() ? static_cast<QWidget*>(m_next) : m_text;
  putUp(stop);
  const tell::LessonStop& s = m_lesson.stops[stop];
  if (m_walk.marked().kind == tell::Point::Bytes) Selecting::of(m_walk).clear(); // of the stop before
  m_walk.seek(m_positions[stop]);
  m_walk.mark({});
  emit stopShown(QString::fromStdString(m_lesson.file), stop);
  look(s);
  if (here && keys) keys->setFocus(Qt::OtherFocusReason); // which a view that came forward has taken
}

void LessonPanel::refresh() {
  if (!m_walk.isOpen()) {
    m_title->setWords(tr("Nothing is open"));
    m_sentence->setText(tr("Open a scenario or a capture, or start a lesson."));
    return;
  }
  const EventIndex p = m_walk.position();
  const QString sentence = p ? m_walk.covered(shown(tell::event(m_walk.playhead(), p - 1)))
                             : tr("The machine has not been switched on yet.");
  m_said->now(sentence);
  m_sentence->setText(breakable(sentence));
  const auto& all = m_walk.journal().stimuli();
  const int at = m_walk.journal().stimulusAt(p ? p - 1 : 0);
  if (!inLesson()) m_title->setWords(at < 0 ? tr("Before boot") : shown(tell::stimulusText(all[at].text)));
  // What comes out is told when the walk is there, not before: a person may be guessing.
  const bool through = at >= 0 && all[at].finished && p >= scenario::spanOf(m_walk.journal(), static_cast<u32>(at)).end;
  m_notes->setText(through ? m_walk.covered(tr("result %1").arg(text(tell::systemResult(all[at].result)))) : QString());
  m_calls->follow();
  if (m_calls->currentRow() < 0) return;
  // The next row comes into sight as well: the last one may be cut by the list's end, and what follows is of interest.
  const QModelIndex now = m_calls->index(m_calls->currentRow());
  if (const QModelIndex next = now.sibling(now.row() + 1, 0); next.isValid()) m_list->scrollTo(next);
  m_list->scrollTo(now);
}

static const ViewRegistration registered{
    {"lesson", QT_TRANSLATE_NOOP("Views", "Words"), ViewPlace::Left, 1, {300, 560}, makeView<LessonPanel>}};

} // namespace sockwalk
