#include "views/lesson/lesson_panel.h"
#include "engine/base/data.h"
#include "engine/scenario/truth_format.h"
#include "engine/tell/in_words.h"
#include "engine/tell/lessons/lesson_places.h"
#include "engine/tell/moments.h"
#include "views/lesson/call_list.h"
#include "views/lesson/call_row.h"
#include "views/lesson/lesson_end.h"
#include "views/lesson/question_card.h"
#include "views/lesson/said_place.h"
#include "views/theme/elided_label.h"
#include "views/theme/icons.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
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
#include <QTextBrowser>
#include <QTextList>
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

// Markdown as a person reads it: room between paragraphs and between lines, the kernel's names in its own type.
static void showText(QTextBrowser* browser, const QString& markdown) {
  QTextDocument* doc = browser->document();
  doc->setDocumentMargin(0);
  doc->setDefaultFont(theme().sans(12));
  browser->setMarkdown(markdown);
  for (QTextBlock b = doc->begin(); b.isValid(); b = b.next()) {
    QTextCursor cursor(b);
    QTextBlockFormat format = b.blockFormat();
    const bool item = b.textList() != nullptr;
    format.setBottomMargin(theme().scaled(item ? 3 : 7));
    format.setTopMargin(0);
    format.setLineHeight(112, QTextBlockFormat::ProportionalHeight);
    cursor.setBlockFormat(format);
    for (auto f = b.begin(); !f.atEnd(); ++f) {
      if (!f.fragment().charFormat().fontFixedPitch()) continue;
      QTextCursor part(doc);
      part.setPosition(f.fragment().position());
      part.setPosition(f.fragment().position() + f.fragment().length(), QTextCursor::KeepAnchor);
      QTextCharFormat mono;
      mono.setFontFamilies(monoFamilies());
      mono.setForeground(theme().color(Role::Accent));
      part.mergeCharFormat(mono);
    }
  }
  browser->moveCursor(QTextCursor::Start);
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
  buildNarrationPage();
  buildLessonPage();
  buildEndPage();
  m_find = new FindBar(this, tr("In these words"), searchOf(placesToFind()));
  refresh();
}

void LessonPanel::opened() {
  if (!m_opening) closeLesson();
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
  menu->clear();
  for (const QString& file : lessonFiles()) {
    auto lesson = tell::readLesson(file.toStdString());
    if (!lesson) continue;
    const QString text = lesson->minutes
                             ? tr("%1 (%2 min)").arg(QString::fromStdString(lesson->title)).arg(lesson->minutes)
                             : QString::fromStdString(lesson->title);
    menu->addAction(text, this, [this, file] { emit lessonWanted(file); });
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
  box->addWidget(m_said);
  auto* buttons = new QHBoxLayout;
  m_back = new QPushButton(tr("◀  Back"), page);
  m_next = new QPushButton(tr("Next  ▶"), page);
  m_next->setProperty("primary", true);
  for (QPushButton* b : {m_back, m_next}) b->setProperty("slim", true);
  connect(m_back, &QPushButton::clicked, this, &LessonPanel::back);
  connect(m_next, &QPushButton::clicked, this, &LessonPanel::next);
  buttons->setSpacing(4);
  buttons->addWidget(m_back, 1);
  buttons->addWidget(m_next, 1);
  box->addLayout(buttons);
  m_pages->addWidget(page);
}

QWidget* LessonPanel::textAndQuestions(QWidget* parent) {
  m_page = new QScrollArea(parent);
  m_page->setObjectName("stop");
  m_page->setWidgetResizable(true);
  m_page->setFrameShape(QFrame::NoFrame);
  m_page->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* inside = new QWidget;
  m_text = new QTextBrowser(inside);
  m_text->setOpenExternalLinks(true);
  m_text->setFrameShape(QFrame::NoFrame);
  m_text->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Ignored); // what the question leaves
  m_questions = new QVBoxLayout;
  auto* box = new QVBoxLayout(inside);
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
  for (QWidget* resized : {m_page->viewport(), m_text->viewport()}) resized->installEventFilter(this);
  return m_page;
}

// The text scrolls above its question. Where there is no room for both, as beside a tall list of packets, it is as tall as
// its words, and both scroll together.
void LessonPanel::fitText() {
  constexpr int LeastText = 64; // some lines
  const QSize page = m_page->viewport()->size();
  const int asked = m_questions->hasHeightForWidth() ? m_questions->heightForWidth(page.width()) : 0;
  const int room = page.height() - std::max(asked, m_questions->sizeHint().height());
  const bool both = room >= theme().scaled(LeastText);
  m_text->setVerticalScrollBarPolicy(both ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
  m_text->setMinimumHeight(both ? 0 : qCeil(m_text->document()->size().height()));
}

bool LessonPanel::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::Resize) fitText();
  return View::eventFilter(watched, event);
}

Result<void> LessonPanel::openLesson(const QString& file, const scenario::OpenOptions& options) {
  auto lesson = tell::readLesson(file.toStdString());
  if (!lesson) return lesson.error();
  const tell::PlayedFile played = lesson->played(options);
  auto session = scenario::Session::openFile(played.path, played.options);
  if (!session) return session.error();
  (*session)->runAll();
  auto stops = tell::findStops(**session, *lesson);
  if (!stops) return stops.error();
  m_lesson = std::move(*lesson);
  m_positions = std::move(*stops);
  m_answered.clear();
  m_opening = true;
  m_walk.open(std::move(*session), m_positions[0]);
  m_opening = false;
  m_pages->setCurrentIndex(1);
  showStop(0);
  return {};
}

void LessonPanel::closeLesson() {
  m_lesson = {};
  m_positions.clear();
  m_answered.clear();
  m_stop = 0;
  clearQuestions();
  m_open.clear();
  coverAnswers();
  m_pages->setCurrentIndex(0);
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
  showEnd();
  m_pages->setCurrentWidget(m_endPage);
  m_end->focusFirst();
}

void LessonPanel::showEnd() {
  int asked = 0, right = 0;
  for (const tell::LessonStop& stop : m_lesson.stops) asked += int(stop.questions.size());
  for (const auto& [question, wasRight] : m_answered) right += int(wasRight);
  m_end->show(m_lesson, asked, right);
}

LessonPanel::Kept LessonPanel::putAside() { return {m_lesson, m_positions, m_answered, m_stop}; }

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
  showText(m_text, QString::fromStdString(s.text));
  fitText();
}

void LessonPanel::putUp(int stop) {
  m_stop = stop;
  m_pages->setCurrentIndex(1);
  showWords();
  const tell::LessonStop& s = m_lesson.stops[stop];
  m_back->setEnabled(stop > 0);
  m_next->setText(stop + 1 < stopCount() ? tr("Next  ▶") : tr("Finish"));
  clearQuestions();
  m_open.assign(s.questions.size(), 1);
  QStringList verdicts;
  for (size_t i = 0; i < s.questions.size(); ++i) {
    addQuestion(s.questions[i], static_cast<int>(i));
    verdicts << verdictWords(true, QString::fromStdString(s.questions[i].because)) << verdictWords(false, {});
  }
  m_said->keepRoomFor(verdicts);
  fitText();
  m_page->ensureVisible(0, 0);
  coverAnswers();
}

void LessonPanel::showStop(int stop) {
  putUp(stop);
  const tell::LessonStop& s = m_lesson.stops[stop];
  m_walk.seek(m_positions[stop]);
  emit stopShown(QString::fromStdString(m_lesson.file), stop);
  for (const QString& view : QString::fromStdString(s.view).split(' ', Qt::SkipEmptyParts)) emit viewWanted(view);
  if (!s.focus.empty())
    if (const u64 object = tell::newestObject(m_walk.playhead(), s.focus)) m_walk.setFocus(object);
}

void LessonPanel::clearQuestions() {
  while (QLayoutItem* item = m_questions->takeAt(0)) {
    if (QWidget* card = item->widget()) card->hide(), card->deleteLater(); // it may be what is answered just now
    delete item;
  }
}

void LessonPanel::coverAnswers() {
  tell::Covers covers;
  for (size_t i = 0; i < m_open.size(); ++i)
    if (m_open[i]) covers.add(m_walk.session(), m_positions[m_stop], m_lesson.stops[m_stop].questions[i]);
  m_walk.setCovers(std::move(covers));
}

// What the engine says has a place that is kept for it: the choices stay under the pointer.
void LessonPanel::addQuestion(const tell::Question& q, int index) {
  auto* card = new QuestionCard(q, this);
  connect(card, &QuestionCard::revealed, this, [this, index] { uncover(index); });
  connect(card, &QuestionCard::given, this, [this, card, index](const QString& text) { given(*card, index, text); });
  m_questions->addWidget(card);
}

void LessonPanel::uncover(int index) {
  m_open[static_cast<size_t>(index)] = 0;
  coverAnswers();
}

void LessonPanel::given(QuestionCard& card, int index, const QString& answer) {
  const bool right = this->answer(index, answer);
  m_answered.try_emplace({m_stop, index}, right); // the first answer counts
  card.showVerdict(right);
  m_said->verdict(right, verdictWords(right, QString::fromStdString(m_lesson.stops[m_stop].questions[index].because)));
  if (right) uncover(index);
}

bool LessonPanel::answer(int index, const QString& given) {
  if (!inLesson() || index >= int(m_lesson.stops[m_stop].questions.size())) return false;
  Playhead asked(m_walk.journal()); // its own, so that asking does not move the person
  auto right = tell::askEngine(m_walk.session(), asked, m_lesson.stops[m_stop].questions[index], m_positions[m_stop]);
  if (!right) {
    emit failed(QString::fromStdString(right.error().message));
    return false;
  }
  return tell::sameAnswer(given.toStdString(), *right);
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
  m_sentence->setText(sentence);
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
