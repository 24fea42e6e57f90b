// While a lesson's question is open, no picture prints its answer; once it is given, or revealed, all of them do again.
#include "engine/tell/calls/calls.h"
#include "engine/tell/lessons/lesson_places.h"
#include "tests/support/walks.h"
#include "views/buffer/buffer_strip.h"
#include "views/buffer/buffer_view.h"
#include "views/call_path/call_path_view.h"
#include "views/console/console_view.h"
#include "views/console/stimuli_model.h"
#include "views/lesson/lesson_panel.h"
#include "views/lesson/question_card.h"
#include "views/objects/objects_view.h"
#include "views/packets/packets_model.h"
#include "views/packets/packets_view.h"
#include "views/structure/history_pane.h"
#include "views/structure/member_history.h"
#include "views/structure/structure_model.h"
#include "views/structure/structure_view.h"
#include "views/tables/tables_model.h"
#include "views/tables/tables_view.h"
#include "views/walk/text.h"
#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QTextBrowser>

using namespace sockwalk;

namespace {

// All the pictures that stand beside a lesson, on one walk.
struct Pictures {
  Walk walk;
  LessonPanel panel{walk};
  StructureView structure{walk};
  CallPathView path{walk};
  ObjectsView objects{walk};
  TablesView tables{walk};
  BufferView buffer{walk};
  ConsoleView console{walk};
  PacketsView packets{walk};

  Pictures() {
    for (View* view : std::initializer_list<View*>{&structure, &path, &objects, &tables, &buffer, &console, &packets}) {
      view->resize(900, 700);
      view->show();
    }
    QApplication::processEvents();
  }

  // What the pictures say of the thing that a question asks for, each as a line.
  QStringList saidOf(const tell::Question& question) {
    QStringList said{path.stage().caption().arguments, path.stage().caption().sentence,
                     text(path.stage().moment().result)};
    if (const auto& card = path.stage().card())
      for (const std::string& line : tell::lines(*card)) said << text(line);
    said << path.reached()->text();
    for (const QLabel* label : panel.findChildren<QLabel*>())
      if (label->property("role") == "muted") said << label->text();
    const tell::Formula& asked = question.answer;
    if (asked.kind == tell::Formula::Member) ofMember(asked, said);
    if (asked.kind == tell::Formula::Buffer) ofBuffer(said);
    if (asked.kind == tell::Formula::Result) ofResult(asked.words[0], said);
    if (asked.kind == tell::Formula::Frame) ofFrame(tell::frameNumber(asked.words[0]), said);
    return said;
  }

private:
  void ofMember(const tell::Formula& asked, QStringList& said) {
    const u64 object = tell::newestObject(walk.playhead(), asked.words[0]);
    if (!object) return; // it is not born
    const u32 offset = tell::memberAt(walk.playhead(), asked).offset() - static_cast<u32>(object);
    structure.lookAt(object);
    const u32 inSubject = static_cast<u32>(object) + offset - structure.subject().base;
    structure.selectMember(inSubject);
    const QModelIndex row = structure.model()->indexAt(inSubject);
    said << row.siblingAtColumn(StructureModel::ValueColumn).data().toString() << row.data(Qt::ToolTipRole).toString();
    const MemberHistory* history = structure.history()->model();
    for (int i = 0; i < history->rowCount(); ++i)
      for (int role : {int(MemberHistory::BeforeRole), int(MemberHistory::AfterRole)})
        said << history->index(i).data(role).toString();
    for (const tell::ObjectCard& card : objects.stage().graph().cards)
      for (const tell::ObjectRow& r : card.rows)
        if (r.offset <= static_cast<u32>(object) + offset && static_cast<u32>(object) + offset < r.offset + r.size)
          said << shown(r.value);
    ofTables(object, said);
  }
  void ofTables(u64 object, QStringList& said) {
    TablesModel& model = tables.model();
    for (int t = 0; t < model.rowCount(); ++t)
      for (int r = 0; r < model.rowCount(model.index(t, 0)); ++r) {
        const QModelIndex row = model.index(r, 0, model.index(t, 0));
        if (row.data(TablesModel::AddressRole).toULongLong() != object) continue;
        for (int column : {int(TablesModel::State), int(TablesModel::Detail)})
          said << row.siblingAtColumn(column).data().toString();
      }
  }
  void ofBuffer(QStringList& said) {
    for (const QLabel* label : buffer.findChildren<QLabel*>())
      if (label->isVisible() && !label->text().startsWith("sk_buff") && !label->text().contains('%'))
        said << label->text();
    said << buffer.strip()->accessibleDescription().split('\n').mid(0, 4);
  }
  void ofResult(const std::string& name, QStringList& said) {
    const auto& stimuli = walk.journal().stimuli();
    for (std::size_t s = 0; s < stimuli.size(); ++s)
      if (stimuli[s].name == name) said << console.model().index(int(s), StimuliModel::Outcome).data().toString();
  }
  void ofFrame(u32 number, QStringList& said) {
    PacketsModel& model = packets.model();
    for (int row = 0; row < model.rowCount(); ++row)
      if (model.index(row, PacketsModel::Number).data(Qt::DisplayRole).toUInt() == number)
        said << model.index(row, PacketsModel::OurKernel).data(Qt::DisplayRole).toString();
  }
};

int printed(const QStringList& said, const std::string& answer) {
  int found = 0;
  const QRegularExpression word("(?<![\\w#.:,])" + QRegularExpression::escape(text(answer)) + "(?![\\w]|[.:,]\\d)");
  for (const QString& line : said) found += line.contains(word);
  return found;
}

TEST(Covers, NoPictureShowsTheAnswerOfAnOpenQuestion) {
  Pictures pictures;
  int questions = 0, uncovered = 0;
  for (const std::string& file : tests::filesBelow(SOCKWALK_SOURCE_DIR "/lessons", "lesson.md")) {
    const auto lesson = tell::readLesson(file);
    ASSERT_TRUE(lesson) << lesson.error().message;
    ASSERT_TRUE(pictures.panel.openLesson(QString::fromStdString(file)));
    for (int stop = 0; stop < pictures.panel.stopCount(); ++stop) {
      pictures.panel.goTo(stop);
      const EventIndex at = pictures.walk.position();
      for (const tell::Question& question : lesson->stops[std::size_t(stop)].questions) {
        SCOPED_TRACE(question.ask.text);
        using enum tell::AnswerKind;
        if (question.kind != Choose && question.kind != Number) continue; // order, match: below; two runs: not in here
        Playhead asked(pictures.walk.journal());
        const auto right = tell::askEngine(pictures.walk.session(), asked, question, at);
        ASSERT_TRUE(right);
        const std::string answer = right->value.text;
        if (answer.size() < 3 || answer == "NULL" || answer.find('#') != answer.npos)
          continue; // see tests/app/covers_test.cpp
        QStringList covered = pictures.saidOf(question);
        covered << pictures.panel.findChild<QTextBrowser*>()->toPlainText();
        EXPECT_EQ(printed(covered, answer), 0) << answer << "\n" << covered.join('\n').toStdString();
        for (QPushButton* button : pictures.panel.findChildren<QPushButton*>())
          if (button->text() == "Reveal" && button->isVisibleTo(&pictures.panel)) button->click(); // of this stop
        pictures.walk.seek(at);                                                                    // where it was asked
        uncovered += printed(pictures.saidOf(question), answer) > 0;
        EXPECT_TRUE(pictures.walk.covers().empty());
        ++questions;
      }
    }
  }
  EXPECT_GT(questions, 25);
  EXPECT_GT(uncovered, 15) << "most answers are to be seen beside their question";
}

TEST(Covers, TheRightAnswerUncoversAndAWrongOneDoesNot) {
  Pictures pictures;
  ASSERT_TRUE(pictures.panel.openLesson(SOCKWALK_SOURCE_DIR "/lessons/23-tcp-handshake/lesson.md"));
  EXPECT_FALSE(pictures.walk.covers().empty());
  auto* const card = pictures.panel.findChild<QuestionCard*>();
  ASSERT_TRUE(card);
  emit card->given({"TCP_CLOSE"});
  EXPECT_FALSE(pictures.walk.covers().empty());
  emit card->given({"LISTEN"});
  EXPECT_TRUE(pictures.walk.covers().empty());
}

// ---- the other kinds

// The second stop of the first lesson: which call comes when.
TEST(Covers, CallsThatAreToBePutInOrderHaveNoNamesInThePictures) {
  Pictures pictures;
  ASSERT_TRUE(pictures.panel.openLesson(SOCKWALK_SOURCE_DIR "/lessons/03-socket/lesson.md"));
  pictures.panel.goTo(1);
  const auto named = [&](const char* function) {
    int found = 0;
    for (const DescribedItem& item : pictures.path.stage().description().items) found += item.cells[0] == function;
    return found;
  };
  const char* const asked[] = {"sk_alloc", "sock_alloc", "fd_install", "get_unused_fd_flags"};
  for (const char* function : asked) EXPECT_EQ(named(function), 0) << function;
  EXPECT_EQ(named("__sock_create"), 1) << "which is not asked for";
  auto* const card = pictures.panel.findChild<QuestionCard*>();
  emit card->given({"", {"fd_install", "get_unused_fd_flags", "sk_alloc", "sock_alloc"}});
  EXPECT_EQ(named("sk_alloc"), 0);
  emit card->given({"", {"sock_alloc", "sk_alloc", "get_unused_fd_flags", "fd_install"}});
  for (const char* function : asked) EXPECT_EQ(named(function), 1) << function;
}

TEST(Covers, WordsAreHatchedWhereTheyStandAlone) {
  Pictures pictures;
  ASSERT_TRUE(pictures.panel.openLesson(SOCKWALK_SOURCE_DIR "/lessons/03-socket/lesson.md"));
  const tell::Covers& covers = pictures.walk.covers(); // socket() returns 3
  EXPECT_EQ(covers.words(std::string("returned 3")), "returned ▒▒▒▒");
  EXPECT_EQ(covers.words(std::string("3: of tcp_sock #3 on 10.0.3.1, 33 or 3.5")),
            "▒▒▒▒: of tcp_sock #3 on 10.0.3.1, 33 or 3.5");
}

} // namespace
