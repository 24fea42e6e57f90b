#include "views/console/console_view.h"
#include "engine/tell/messages.h"
#include "views/console/call_line.h"
#include "views/console/stimuli_model.h"
#include "views/theme/find_bar.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include "views/walk/walk.h"
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QStyle>
#include <QTableView>
#include <QTimer>
#include <QVBoxLayout>

namespace sockwalk {

ConsoleView::ConsoleView(Walk& walk, QWidget* parent) : View(walk, parent) {
  m_model = new StimuliModel(this);
  connect(&walk, &Walk::coversChanged, m_model, &StimuliModel::update);
  m_table = new QTableView(this);
  m_line = new CallLine(this);
  m_line->setPlaceholderText(tr("fd = socket(AF_INET, SOCK_DGRAM, 0)"));
  m_prompt = new QLabel(QStringLiteral("›"), this);
  m_prompt->setBuddy(m_line);
  m_message = new QLabel(this);
  m_message->setWordWrap(true);
  m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_message->hide();
  m_examples = makeExamples();
  auto* entry = new QHBoxLayout;
  entry->addWidget(m_prompt);
  entry->addWidget(m_line, 1);
  auto* box = new QVBoxLayout(this);
  box->setContentsMargins(8, 4, 8, 6);
  box->setSpacing(4);
  box->addWidget(m_table, 1);
  box->addWidget(m_examples);
  box->addWidget(m_message);
  box->addLayout(entry);
  layOutTable();
  m_table->viewport()->installEventFilter(this);
  setFocusProxy(m_line);
  connect(m_line, &CallLine::entered, this, &ConsoleView::issue);
  connect(m_line, &QLineEdit::textEdited, this, [this](const QString& line) {
    if (line.isEmpty() && m_message->property("role") == QVariant("danger")) say({}, "danger"); // the mistake is gone
  });
  const auto go = [this](const QModelIndex& index) { m_walk.toStimulus(index.row()); };
  connect(m_table, &QTableView::clicked, this, go);
  connect(m_table, &QTableView::activated, this, go);
  m_find = new FindBar(this, tr("A call, a frame, or what came of it"), searchOf(placesInTable()));
  if (walk.isOpen()) resetModel();
  restyle();
}

bool ConsoleView::find() {
  m_find->open();
  return true;
}

// The list stays where the walk is; what is found is chosen in it, and Return in the list goes there.
FindPlaces ConsoleView::placesInTable() {
  return {[this] { return m_model->rowCount(); },
          [this](int row) {
            QStringList words;
            for (int column = 0; column < StimuliModel::ColumnCount; ++column)
              words << m_model->index(row, column).data().toString();
            return words.join(' ');
          },
          [this] { return m_model->current(); },
          [this](int row) {
            if (row < 0) return m_table->clearSelection();
            m_table->setCurrentIndex(m_model->index(row, StimuliModel::Call));
            m_table->selectRow(row);
            m_table->scrollTo(m_table->currentIndex());
          }};
}

void ConsoleView::opened() {
  resetModel();
  QStringList typed;
  for (const scenario::SessionStimulus& s : m_walk.session().stimuli())
    if (const auto* call = std::get_if<scenario::CallStimulus>(&s)) typed << QString::fromStdString(call->text);
  m_line->setHistory(typed);
  m_message->hide();
  m_waiting = -1;
  m_examples->setVisible(typed.isEmpty());
}

void ConsoleView::resetModel() {
  m_model->reset(&m_walk.journal(), [this](int stimulus) {
    tell::StimulusRow row = tell::stimulusRow(m_walk.playhead(), m_walk.session().machine(), stimulus);
    if (m_walk.covers().result(stimulus)) row.outcome = tell::Covers::Hatch, row.failed = false;
    return row;
  });
}

void ConsoleView::recorded() {
  m_model->update();
  if (m_waiting >= 0) sayOutcome();
}

QWidget* ConsoleView::makeExamples() {
  auto* row = new QWidget(this);
  row->setMinimumWidth(1); // what does not fit is left out: see resizeEvent
  auto* box = new QHBoxLayout(row);
  box->setContentsMargins(0, 0, 0, 0);
  box->setSpacing(6);
  auto* label = new QLabel(tr("Try"), row);
  label->setProperty("role", "muted");
  box->addWidget(label);
  for (const char* line : {"fd = socket(AF_INET, SOCK_STREAM, 0)", "udp = socket(AF_INET, SOCK_DGRAM, 0)",
                           "socket(AF_INET, SOCK_STREAM, IPPROTO_UDP)", "close(fd)"}) {
    auto* button = new QPushButton(QLatin1String(line), row);
    button->setProperty("mono", true);
    button->setToolTip(tr("Issue this call"));
    connect(button, &QPushButton::clicked, this, [this, button] { issue(button->text()); });
    box->addWidget(button);
  }
  box->addStretch();
  return row;
}

void ConsoleView::resizeEvent(QResizeEvent*) {
  int room = width() - int(theme().scaled(60));
  for (QPushButton* b : m_examples->findChildren<QPushButton*>()) {
    room -= b->sizeHint().width() + 6;
    b->setVisible(room > 0);
  }
  m_table->setColumnWidth(StimuliModel::Call,
                          std::clamp(width() / 2, int(theme().scaled(240)), int(theme().scaled(560))));
}

// What comes to stand below the list, an outcome for instance, takes its room from it: the row stays in sight, whole.
bool ConsoleView::eventFilter(QObject* watched, QEvent* event) {
  if (watched == m_table->viewport() && event->type() == QEvent::Resize) bringIntoSight(m_inSight);
  return View::eventFilter(watched, event);
}

// Once the list has its new rows and its new size: until then it does not know how far it can be scrolled.
void ConsoleView::bringIntoSight(int row) {
  m_inSight = row;
  QTimer::singleShot(0, this, [this] {
    if (m_inSight < 0) return;
    if (m_inSight + 1 == m_model->rowCount()) m_table->scrollToBottom(); // which also learns of new rows
    else m_table->scrollTo(m_model->index(m_inSight, 0));
  });
}

void ConsoleView::layOutTable() {
  m_table->setModel(m_model);
  m_table->setAccessibleName(tr("Calls and frames so far"));
  m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
  m_table->setSelectionMode(QAbstractItemView::SingleSelection);
  m_table->setShowGrid(false);
  m_table->setWordWrap(false);
  m_table->setFrameShape(QFrame::NoFrame);
  m_table->setTabKeyNavigation(false);
  m_table->verticalHeader()->hide();
  m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  m_table->horizontalHeader()->hide();
  m_table->horizontalHeader()->setStretchLastSection(true);
}

void ConsoleView::restyle() {
  m_prompt->setFont(theme().mono(15, QFont::Bold));
  m_line->setFont(theme().mono(12.5));
  m_message->setFont(theme().mono(12));
  m_table->verticalHeader()->setDefaultSectionSize(int(theme().scaled(21)));
  m_table->setColumnWidth(StimuliModel::Number, int(theme().scaled(48)));
  m_table->setColumnWidth(StimuliModel::Call, int(theme().scaled(560)));
}

void ConsoleView::follow() {
  if (!m_walk.isOpen()) return;
  m_model->setCurrent(m_walk.position() ? m_walk.journal().stimulusAt(m_walk.position() - 1) : -1);
  bringIntoSight(m_model->current());
}

QString ConsoleView::message() const { return m_message->isHidden() ? QString() : m_message->text(); }

void ConsoleView::say(const QString& text, const char* role) {
  m_message->setText(text);
  m_message->setProperty("role", role);
  m_message->style()->unpolish(m_message);
  m_message->style()->polish(m_message);
  m_message->setFont(theme().mono(12));
  m_message->setVisible(!text.isEmpty());
}

void ConsoleView::issue(const QString& line) {
  m_line->remember(line);
  m_waiting = -1;
  const Result<u32> stimulus = m_walk.console(line);
  bringIntoSight(m_model->rowCount() - 1); // a command may have taken several, and may have failed
  if (!stimulus) {
    // The text stays, to be put right.
    m_line->setText(line);
    say(sockwalk::text(tell::spokenMessage(stimulus.error().message)), "danger");
    return;
  }
  m_line->clear();
  m_examples->hide();
  m_waiting = int(*stimulus);
  sayOutcome();
}

// What came of the line; a call that sleeps is told again when it has returned.
void ConsoleView::sayOutcome() {
  const tell::StimulusRow s = tell::stimulusRow(m_walk.playhead(), m_walk.session().machine(), m_waiting);
  if (!s.waits) m_waiting = -1;
  // What is no call (`ip addr add`) has no result to be listed, but it has been done.
  const QString outcome = s.outcome.empty() ? tr("done") : shown(s.outcome);
  const bool told = s.waits || !s.call;
  say(QStringLiteral("%1%2 %3").arg(text(s.text), QLatin1String(told ? ":" : ""), outcome), s.failed  ? "danger"
                                                                                            : s.waits ? "changed"
                                                                                                      : "good");
}

static const ViewRegistration registered{
    {"console", QT_TRANSLATE_NOOP("Views", "Console"), ViewPlace::Bottom, 3, {900, 240}, makeView<ConsoleView>}};

} // namespace sockwalk
