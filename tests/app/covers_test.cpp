// While a lesson's question is open, nothing in any view that there is has its answer: no painted text, no row of a model,
// no tool tip, no word for a screen reader. Once it is revealed, they have it again. (What the views of a lesson do with
// covers, one by one, is in tests/views/lesson/covers_test.cpp.)
#include "app/text_recorder.h"
#include "app/view_factory.h"
#include "engine/tell/lessons/lesson_places.h"
#include "tests/support/walks.h"
#include "views/lesson/lesson_panel.h"
#include "views/states/states_canvas.h"
#include "views/theme/described.h"
#include "views/walk/record_reader.h"
#include "views/walk/text.h"
#include <QAbstractItemView>
#include <QApplication>
#include <QLabel>
#include <QRegularExpression>

using namespace sockwalk;

namespace {

constexpr int MostRows = 300; // of a model: more are the same again

// Each line of what a widget says: a painted text, an item of a picture, a row of a model with its tool tips.
class Said {
public:
  explicit Said(QWidget& view) {
    for (const DrawnText& drawn : TextRecorder::textsOf(view)) painted << drawn.text;
    of(view);
    for (QWidget* widget : view.findChildren<QWidget*>())
      if (widget->isVisible()) of(*widget);
  }
  QStringList painted, lines;

private:
  void of(QWidget& widget) {
    lines << widget.toolTip() << widget.accessibleName() << widget.accessibleDescription();
    if (const auto* label = qobject_cast<QLabel*>(&widget)) lines << label->text();
    if (const Described* picture = Described::of(&widget)) ofPicture(*picture);
    if (const auto* list = qobject_cast<QAbstractItemView*>(&widget); list && list->model())
      ofModel(*list->model(), {});
  }
  void ofPicture(const Described& picture) {
    const Description& all = picture.description();
    lines << Described::told(all.summary);
    for (const DescribedItem& item : all.items) {
      QStringList cells{item.name};
      cells += item.cells;
      for (QString& cell : cells) cell = Described::told(cell);
      lines << cells.join(QStringLiteral(" ¦ "));
    }
  }
  void ofModel(const QAbstractItemModel& model, const QModelIndex& parent) {
    static const QRegularExpression place("offset \\d+, \\d+ bytes?");
    for (int row = 0; row < std::min(model.rowCount(parent), MostRows); ++row) {
      QStringList cells;
      for (int column = 0; column < model.columnCount(parent); ++column) {
        const QString head = model.headerData(column, Qt::Horizontal).toString();
        if (head == "off" || head == "size") continue; // of a member: the same at every moment
        for (const int role : {int(Qt::DisplayRole), int(Qt::ToolTipRole), int(Qt::AccessibleTextRole)})
          cells << model.index(row, column, parent).data(role).toString().remove(place);
      }
      lines << cells.join(QStringLiteral(" ¦ "));
      ofModel(model, model.index(row, 0, parent));
    }
  }
};

// A word of its own, as engine/tell/lessons/covers.cpp means it.
QRegularExpression alone(const std::string& word) {
  return QRegularExpression("(?<![\\w#])(?<!\\d[.:,])" + QRegularExpression::escape(text(word)) + "(?![\\w]|[.:,]\\d)");
}

// What a question asks for, and where it counts as said.
struct Asked {
  std::string answer;
  QRegularExpression word;
  QString subject;  // a number, an address, an object says something only beside what it is of
  QString object{}; // "tcp_sock #2", if it is that one's: what is said of another is no answer
  bool isIn(const QString& line) const {
    return line.contains(word) && (subject.isEmpty() || line.contains(alone(subject.toStdString()))) &&
           !isOfAnother(line);
  }
  bool isOfAnother(const QString& line) const {
    if (object.isEmpty() || line.contains(QRegularExpression(QRegularExpression::escape(object) + "(?!\\d)")))
      return false;
    return line.contains(QRegularExpression(QRegularExpression::escape(object.section(' ', 0, 0)) + " #\\d"));
  }
};

// A constant's or a function's name stands for itself. The number 5 does not, and neither does an object.
bool standsForItself(const QString& answer) {
  static const QRegularExpression name("^[A-Za-z_][A-Za-z0-9_]*_[A-Za-z0-9_]*$");
  return answer.contains(name);
}

class EveryView : public testing::TestWithParam<std::string> {
protected:
  void SetUp() override {
    for (const ViewInfo& info : registeredViews()) {
      if (QLatin1String(info.name) == QLatin1String("lesson")) continue;
      View* view = m_views.emplace_back(createView(info.name, m_walk)).get();
      view->setObjectName(info.name);
      view->resize(info.size);
      view->show();
    }
  }
  void settle() {
    const RecordReader& reader = RecordReader::of(m_walk);
    for (int i = 0; i < 2000 && (m_walk.recording() || !reader.atEnd()); ++i) QApplication::processEvents();
    for (int i = 0; i < 4; ++i) QApplication::processEvents();
  }
  std::vector<Asked> askedBy(const tell::Question& question) {
    std::vector<Asked> out;
    Playhead at(m_walk.journal());
    const auto right = tell::askEngine(m_walk.session(), at, question, m_walk.position());
    EXPECT_TRUE(right);
    if (!right) return out;
    if (question.kind == tell::AnswerKind::Compare) return out; // of two runs these pictures have one
    if (question.kind == tell::AnswerKind::Click) return out;   // what is to be clicked is in sight
    for (size_t i = 0; i < right->pointers.size(); ++i) {
      const tell::Pointer& p = right->pointers[i];
      if (right->board->living && right->board->asked[i].at == p.at) continue; // what stands there now is seen there
      const QString said = QStringLiteral("\\b%1[ :=¦]+%2(?![\\w…])").arg(text(p.name)).arg(p.at);
      out.push_back({std::to_string(p.at), QRegularExpression(said), {}});
    }
    if (question.kind == tell::AnswerKind::Drag) return out;
    if (question.kind == tell::AnswerKind::Order)
      for (const std::string& value : right->list) // their names stand in the question: what comes next is asked
        out.push_back({value, alone(value), QStringLiteral("to come")});
    for (size_t i = 0; i < question.match.size(); ++i) said(question.match[i].formula, right->list[i], out);
    if (question.answer) said(question.answer, right->value.text, out);
    return out;
  }
  static void said(const tell::Formula& f, const std::string& value, std::vector<Asked>& out) {
    using enum tell::Formula::Kind;
    if (f.kind == None || (f.kind == Frame && f.words[1] == "function")) return; // a function's name says no more
    const QString answer = text(value), escaped = QRegularExpression::escape(answer);
    const bool brief = !standsForItself(answer) || f.kind == Frame;
    QRegularExpression word = alone(value);
    QString subject, object;
    // What is computed from others is written nowhere; how large a structure is, and where a member lies in it, is the same
    // at every moment.
    if (f.kind == Sum || f.kind == SizeOf || f.kind == OffsetOf) return;
    if (f.kind == Argument && f.words[0].starts_with("filter.")) // no picture has the note's name
      return out.push_back({value, ofFilter(f.words[0], f.words[1], answer), {}});
    if (f.kind == Buffer) // "len 33", "len: 33"
      word.setPattern("\\b" + text(f.words[0]) + "[ :=¦]+" + escaped + "(?![\\w…])");
    else if (brief && f.kind == Result) word.setPattern("(=|return\\w*) " + escaped + "(?!\\w)");
    else if (brief && f.kind == Member) {
      const QString path = text(f.words[1]).remove(".refs.counter").remove(".counter"); // of an atomic, whose it is
      subject = path.section('.', path.endsWith("qlen") ? -2 : -1);
    } else if (brief) subject = text(f.words[0]);
    if (f.kind == Member && f.words[0].find('#') != f.words[0].npos) object = text(f.words[0]).replace('#', " #");
    out.push_back({value, word, subject, object});
  }
  // "A = 0x806", as its registers are written, and the length of what it is run on, which is not the frame's.
  static QRegularExpression ofFilter(const std::string& note, const std::string& argument, const QString& answer) {
    if (note != "filter.step") return alone("of " + answer.toStdString()); // "sk_buff #2 of 60 bytes"
    return QRegularExpression("\\b" + text(argument == "2" ? "A = " : "X = ") + answer + "\\b");
  }
  // "view: line" of each that has it.
  QStringList whoSays(const Asked& asked) {
    QStringList out;
    for (const auto& view : m_views) {
      if (view->objectName() == "source") continue; // to find the answer in the code is to predict it
      // A frame's length is not a buffer's.
      if (view->objectName() == "packets" && asked.subject == QStringLiteral("len")) continue;
      const Said said(*view);
      // All names stand in there, whatever the state is, and whoever points at a table.
      const bool diagram = view->objectName() == "states" || view->objectName() == "classes";
      for (const QString& line : diagram ? said.lines : said.painted + said.lines)
        if (asked.isIn(line)) out << view->objectName() + ": " + line.left(200);
    }
    return out;
  }

  Walk m_walk;
  LessonPanel m_panel{m_walk};
  std::vector<std::unique_ptr<View>> m_views;
};

TEST_P(EveryView, HasTheAnswerOfAQuestionOnlyWhenItIsGiven) {
  ASSERT_TRUE(m_panel.openLesson(QString::fromStdString(GetParam())));
  settle();
  int questions = 0, shownAfter = 0;
  for (int stop = 0; stop < m_panel.stopCount(); ++stop) {
    m_panel.goTo(stop);
    const EventIndex at = m_walk.position();
    const auto& all = m_panel.lesson().stops[size_t(stop)].questions;
    for (size_t q = 0; q < all.size(); ++q) {
      SCOPED_TRACE(all[q].ask.text);
      settle();
      const std::vector<Asked> asked = askedBy(all[q]);
      for (const Asked& one : asked) {
        const QStringList before = whoSays(one);
        EXPECT_TRUE(before.isEmpty()) << one.answer << "\n" << before.join('\n').toStdString();
      }
      m_panel.reveal(int(q));
      m_walk.seek(std::max(at, m_walk.position()));
      settle();
      for (const Asked& one : asked) shownAfter += !whoSays(one).isEmpty();
      m_walk.seek(at);
      questions += !asked.empty();
    }
  }
  EXPECT_GT(questions, 2);
  EXPECT_GE(shownAfter * 2, questions) << "an answer can be seen when it is given";
}

INSTANTIATE_TEST_SUITE_P(Lessons, EveryView,
                         testing::ValuesIn(tests::filesBelow(SOCKWALK_SOURCE_DIR "/lessons", "lesson.md")),
                         [](const auto& lesson) {
                           return text(lesson.param).section('/', -2, -2).remove('-').toStdString();
                         });

} // namespace
