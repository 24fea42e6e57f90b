#include "views/lesson/answer_pane.h"
#include "views/lesson/pointer_bar.h"
#include "views/lesson/wrapped_choice.h"
#include "views/theme/theme.h"
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace sockwalk {

AnswerPane::AnswerPane(const tell::Question& question, const AnswerMeans& means, const Say& say, QWidget* parent)
    : QWidget(parent), m_box(new QVBoxLayout(this)) {
  m_box->setContentsMargins(0, 0, 0, 0);
  m_box->setSpacing(2);
  build(question, means, say);
}

void AnswerPane::build(const tell::Question& question, const AnswerMeans& means, const Say& say) {
  switch (tell::answeredAs(question)) {
  case tell::AnswerKind::Choose: return buildChoices(question, say);
  case tell::AnswerKind::Number: return buildLine();
  case tell::AnswerKind::Order: return buildOrder(question);
  case tell::AnswerKind::Match: return buildMatch(question, means.values, say);
  case tell::AnswerKind::Click: return buildClick(question);
  case tell::AnswerKind::Write: return buildCall();
  case tell::AnswerKind::Drag:
    if (means.board) buildDrag(*means.board);
    return;
  case tell::AnswerKind::Compare: return; // answered as one of the others
  }
}

void AnswerPane::buildChoices(const tell::Question& question, const Say& say) {
  for (const tell::Choice& choice : question.choices) {
    auto* b = new WrappedChoice(say(choice.shown), this);
    b->setProperty("mono", true);
    connect(b, &QRadioButton::clicked, this, [this, answer = choice.answer] { emit given({answer}); });
    m_box->addWidget(b);
  }
}

void AnswerPane::buildLine() {
  auto* line = new QLineEdit(this);
  line->setPlaceholderText(tr("your answer"));
  line->setToolTip(tr("A number, in digits, as 0x… or with a unit, or the name of a constant"));
  line->setAccessibleName(line->placeholderText());
  buildEntry(line, tr("Check"), QBoxLayout::LeftToRight);
}

// As on the console, which makes it at this moment on a machine of its own.
void AnswerPane::buildCall() {
  auto* line = new QLineEdit(this);
  line->setPlaceholderText(tr("a call: name(…)"));
  line->setToolTip(tr("A system call as the console takes it. It is made at this moment, on a copy of the machine"));
  line->setAccessibleName(tr("The call"));
  line->setFont(theme().mono(12));
  buildEntry(line, tr("Make it"), QBoxLayout::TopToBottom);
}

// A call is longer than the room beside a button.
void AnswerPane::buildEntry(QLineEdit* line, const QString& press, QBoxLayout::Direction beside) {
  auto* row = new QBoxLayout(beside);
  line->setMinimumWidth(1);
  auto* check = new QPushButton(press, this);
  const auto submit = [this, line] {
    if (!line->text().trimmed().isEmpty()) emit given({line->text().trimmed().toStdString()});
  };
  connect(line, &QLineEdit::returnPressed, this, submit);
  connect(check, &QPushButton::clicked, this, submit);
  row->addWidget(line, 1);
  row->addWidget(check);
  m_box->addLayout(row);
}

// Dragged, or moved by the buttons beside it.
void AnswerPane::buildOrder(const tell::Question& question) {
  QStringList calls;
  for (const std::string& call : tell::callsToOrder(question)) calls << QString::fromStdString(call);
  auto* list = new QListWidget(this);
  list->setProperty("mono", true);
  list->addItems(calls);
  list->setDragDropMode(QAbstractItemView::InternalMove);
  list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  list->setAccessibleName(tr("Calls, to be put in their order"));
  list->setCurrentRow(0);
  list->setMinimumWidth(1);
  list->setFixedHeight(list->sizeHintForRow(0) * int(calls.size()) + 2 * list->frameWidth() + 4);
  m_box->addWidget(list); // names are long: nothing stands beside them
  auto* row = new QHBoxLayout;
  const auto move = [list](int by) {
    const int from = list->currentRow(), to = from + by;
    if (from < 0 || to < 0 || to >= list->count()) return;
    list->insertItem(to, list->takeItem(from));
    list->setCurrentRow(to);
  };
  const auto button = [&](Qt::ArrowType arrow, const QString& name, int by) {
    auto* b = new QToolButton(this);
    b->setArrowType(arrow);
    b->setToolTip(name);
    b->setAccessibleName(name);
    connect(b, &QToolButton::clicked, this, [move, by] { move(by); });
    row->addWidget(b);
  };
  button(Qt::UpArrow, tr("Earlier"), -1);
  button(Qt::DownArrow, tr("Later"), 1);
  auto* check = new QPushButton(tr("Check"), this);
  row->addWidget(check, 1);
  m_box->addLayout(row);
  connect(check, &QPushButton::clicked, this, [this, list] {
    tell::Given answer;
    for (int i = 0; i < list->count(); ++i) answer.list.push_back(list->item(i)->text().toStdString());
    emit given(answer);
  });
}

// A wheel that scrolls the lesson changes no answer on its way.
bool AnswerPane::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() != QEvent::Wheel) return QWidget::eventFilter(watched, event);
  event->ignore(); // for the page behind
  return true;
}

void AnswerPane::buildMatch(const tell::Question& question, const QStringList& values, const Say& say) {
  std::vector<QComboBox*> boxes;
  for (const tell::MatchPair& pair : question.match) {
    auto* name = new QLabel(say(pair.name), this);
    name->setProperty("mono", true);
    name->setWordWrap(true);
    auto* box = new QComboBox(this);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->addItem(QStringLiteral("…"));
    box->addItems(values);
    box->setAccessibleName(name->text());
    box->installEventFilter(this);
    name->setBuddy(box);
    m_box->addWidget(name);
    m_box->addWidget(box);
    boxes.push_back(box);
  }
  auto* check = new QPushButton(tr("Check"), this);
  check->setEnabled(false);
  for (QComboBox* box : boxes)
    connect(box, &QComboBox::currentIndexChanged, this, [boxes, check] {
      check->setEnabled(std::ranges::all_of(boxes, [](QComboBox* b) { return b->currentIndex() > 0; }));
    });
  connect(check, &QPushButton::clicked, this, [this, boxes] {
    tell::Given answer;
    for (QComboBox* box : boxes) answer.list.push_back(box->currentText().toStdString());
    emit given(answer);
  });
  m_box->addWidget(check);
}

void AnswerPane::buildClick(const tell::Question& question) {
  const bool line = question.answer.kind == tell::Formula::Line, member = question.answer.kind == tell::Formula::Member;
  auto* words = new QLabel(line     ? tr("Click the line in Source.")
                           : member ? tr("Click the member in Structure.")
                                    : tr("Click the object, in Objects or Tables."),
                           this);
  words->setProperty("role", "muted");
  words->setWordWrap(true);
  m_box->addWidget(words);
}

void AnswerPane::buildDrag(const tell::PointerBoard& board) {
  auto* bar = new PointerBar(board, this);
  auto* check = new QPushButton(tr("Check"), this);
  check->setEnabled(false); // where they stand now is no prediction
  connect(bar, &PointerBar::moved, check, [check] { check->setEnabled(true); });
  connect(check, &QPushButton::clicked, this, [this, bar] {
    const auto put = bar->pointers();
    tell::Given answer{tell::saidOf(put)};
    for (const tell::Pointer& pointer : put) answer.list.push_back(std::to_string(pointer.at));
    emit given(answer);
  });
  m_box->addWidget(bar);
  m_box->addWidget(check);
}

void AnswerPane::focusFirst() {
  for (QWidget* w : findChildren<QWidget*>())
    if (w->focusPolicy() & Qt::TabFocus) return w->setFocus(Qt::OtherFocusReason);
}

} // namespace sockwalk
