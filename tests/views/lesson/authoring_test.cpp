// Lessons of one's own: broken ones say what is wrong and judge nobody, a saved one is read again, and what is asked in
// each way is answered in that way.
#include "engine/tell/lessons/lesson_check.h"
#include "engine/tell/lessons/lesson_places.h"
#include "engine/tell/lessons/lesson_template.h"
#include "tests/views/lesson/own_lesson.h"
#include "views/lesson/lab_card.h"
#include "views/lesson/lesson_panel.h"
#include "views/lesson/lesson_trouble.h"
#include "views/lesson/pointer_bar.h"
#include "views/lesson/question_card.h"
#include "views/lesson/said_place.h"
#include <fstream>
#include <gtest/gtest.h>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMouseEvent>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>

using namespace sockwalk;

namespace {

TEST_F(OwnLesson, ThatIsBrokenSaysWhatIsWrongAndAsksNothing) {
  change("tcp_sock.sk_prot", "tcp_sock.sk_prto");
  const auto opened = panel.openLesson(file);
  ASSERT_FALSE(opened);
  EXPECT_NE(opened.error().message.find("'tcp_sock' has no member 'sk_prto'; did you mean skc_prot?"),
            std::string::npos)
      << opened.error().message;
  EXPECT_TRUE(trouble()->isVisible());
  ASSERT_EQ(trouble()->problems().size(), 1);
  EXPECT_TRUE(trouble()->problems()[0].startsWith(file)) << trouble()->problems()[0].toStdString();
  EXPECT_FALSE(panel.inLesson());
  EXPECT_EQ(card(), nullptr);
  QTest::mouseClick(button("Leave it"), Qt::LeftButton);
  EXPECT_FALSE(trouble()->isVisible());
}

TEST_F(OwnLesson, ThatTheEngineContradictsIsBrokenToo) {
  change("[tcp_prot, udp_prot, raw_prot]", "[udp_prot, raw_prot]");
  EXPECT_FALSE(panel.openLesson(file));
  EXPECT_TRUE(trouble()->problems()[0].contains("the engine says 'tcp_prot', and no choice does"));
}

TEST_F(OwnLesson, IsReadAgainWhenItIsSaved) {
  ASSERT_TRUE(panel.openLesson(file));
  panel.goTo(1);
  const auto shows = [&](const char* words) { return panel.findChild<QTextBrowser*>()->toPlainText().contains(words); };
  EXPECT_FALSE(shows("with other words"));
  change("which means whatever is usual.", "which is said with other words.");
  EXPECT_TRUE(QTest::qWaitFor([&] { return shows("with other words"); }));
  EXPECT_EQ(panel.stop(), 1);
  change("view: objects", "view: objcts");
  EXPECT_TRUE(QTest::qWaitFor([&] { return trouble()->isVisible(); }));
  change("view: objcts", "view: objects");
  EXPECT_TRUE(QTest::qWaitFor([&] { return !trouble()->isVisible(); }));
  EXPECT_EQ(panel.stop(), 1);
}

TEST_F(OwnLesson, ThatWasBrokenBeginsOnceItIsMended) {
  change("view: objects", "view: objcts");
  ASSERT_FALSE(panel.openLesson(file));
  QString begun;
  QObject::connect(&panel, &LessonPanel::lessonOpened, [&](const QString& which) { begun = which; });
  change("view: objcts", "view: objects");
  EXPECT_TRUE(QTest::qWaitFor([&] { return panel.inLesson(); }));
  EXPECT_EQ(begun, file);
}

// ---- the ways of answering

TEST_F(OwnLesson, NumbersAreTakenAsPeopleWriteThem) {
  ask("ask: How large?\nanswer: tcp_sock.sk_rcvbuf\n");
  auto* const line = panel.findChild<QLineEdit*>();
  line->setText("100 KiB");
  QTest::keyClick(line, Qt::Key_Return);
  EXPECT_FALSE(answered());
  line->setText("128 KiB");
  QTest::keyClick(line, Qt::Key_Return);
  EXPECT_TRUE(answered());
}

TEST_F(OwnLesson, AfterTheLastTryTheWalkShowsIt) {
  ask("ask: Which?\nchoices: [tty_fops, socket_file_ops, NULL]\nanswer: file.f_op\nwhen: return "
      "sock_alloc_file\ntries: 2\n");
  EXPECT_FALSE(walk.covers().empty());
  const auto choices = panel.findChildren<QRadioButton*>();
  ASSERT_EQ(choices.size(), 3);
  const EventIndex asked = walk.position();
  choices[0]->click();
  EXPECT_FALSE(answered());
  EXPECT_EQ(walk.position(), asked);
  choices[2]->click();
  EXPECT_TRUE(answered());
  EXPECT_GT(walk.position(), asked);
  EXPECT_EQ(walk.position(), *tell::findPlace(walk.session(), {"return", "sock_alloc_file"}, asked));
}

TEST_F(OwnLesson, CallsArePutInOrder) {
  ask("kind: order\nask: In which order?\ncalls: [fd_install, alloc_file, get_unused_fd_flags]\n");
  auto* const list = panel.findChild<QListWidget*>();
  const auto order = [&] {
    QStringList all;
    for (int i = 0; i < list->count(); ++i) all << list->item(i)->text();
    return all;
  };
  EXPECT_EQ(order(), QStringList({"alloc_file", "fd_install", "get_unused_fd_flags"}))
      << "by the alphabet, which tells nothing";
  button("Check")->click();
  EXPECT_FALSE(answered());
  list->insertItem(0, list->takeItem(2));
  button("Check")->click();
  EXPECT_TRUE(answered());
}

TEST_F(OwnLesson, ValuesAreMatched) {
  ask("kind: match\nask: How large is each?\nmatch:\n  a sock: sizeof(struct sock)\n  a file: sizeof(struct file)\n");
  const auto boxes = panel.findChildren<QComboBox*>();
  ASSERT_EQ(boxes.size(), 2);
  EXPECT_FALSE(button("Check")->isEnabled());
  boxes[0]->setCurrentText("776");
  boxes[1]->setCurrentText("776");
  button("Check")->click();
  EXPECT_FALSE(answered());
  boxes[1]->setCurrentIndex(boxes[1]->currentIndex() == 1 ? 2 : 1);
  button("Check")->click();
  EXPECT_TRUE(answered());
}

TEST_F(OwnLesson, AMemberIsClicked) {
  ask("kind: click\nask: Which member says how much may wait to be read?\nanswer: tcp_sock.sk_rcvbuf\n");
  const tell::Question& question = panel.lesson().stops[0].questions[0];
  const tell::MemberPlace place = tell::memberAt(walk.playhead(), question.answer);
  ASSERT_TRUE(place);
  walk.point(place.offset() + 4);
  EXPECT_TRUE(card()->findChild<AnswerPane*>()->isEnabled());
  walk.point(place.offset());
  EXPECT_FALSE(card()->findChild<AnswerPane*>()->isEnabled());
}

TEST_F(OwnLesson, ACallIsWrittenAndJudgedByWhatItBringsAbout) {
  ask("kind: write\nask: Which call fails?\ngoal: result(call) == EBADF\nsolution: listen(3, 1)\n"
      "wrong: {result(call) == 3: That went well.}\nwhen: end close\ntries: 3\n");
  auto* const line = panel.findChild<QLineEdit*>();
  auto* const said = panel.findChild<SaidPlace*>();
  ASSERT_TRUE(line && said);
  EXPECT_EQ(line->accessibleName(), "The call");
  QStringList tried;
  QObject::connect(&panel, &LessonPanel::answered,
                   [&](const QString&, const QString&, const auto& a) { tried << QString::number(a.tries); });
  const auto write = [&](const char* call) {
    line->setFocus();
    line->clear();
    QTest::keyClicks(line, call);
    QTest::keyClick(line, Qt::Key_Return);
    return said->toolTip(); // the whole of it
  };
  EXPECT_TRUE(write("socket(AF_INET").contains("1:")) << said->toolTip().toStdString();
  EXPECT_TRUE(write("sockt(AF_INET)").contains("sockt()"));
  EXPECT_TRUE(tried.isEmpty()) << "what is no call is no try";
  EXPECT_EQ(line->text(), "sockt(AF_INET)") << "it stays, to be mended";
  const QString wrong = write("socket(AF_INET, SOCK_STREAM, 0)");
  EXPECT_TRUE(wrong.contains("That went well.") && wrong.contains("It gives back 3.")) << wrong.toStdString();
  EXPECT_FALSE(answered());
  write("close(9)");
  EXPECT_TRUE(answered()) << "any call that does it is right";
  EXPECT_EQ(tried, QStringList({"1", "2"}));
}

TEST_F(OwnLesson, ACallThatIsRevealedIsSaid) {
  ask("kind: write\nask: Which call fails?\ngoal: result(call) == EBADF\nsolution: listen(3, 1)\nwhen: end close\n");
  QTest::mouseClick(button("Reveal"), Qt::LeftButton);
  EXPECT_TRUE(panel.findChild<SaidPlace*>()->toolTip().contains("listen(3, 1)"));
  EXPECT_TRUE(answered());
}

// ---- pointers

struct DraggedPointers : OwnLesson {
  PointerBar* bar = nullptr;
  void SetUp() override {
    OwnLesson::SetUp();
    std::filesystem::copy_file(SOCKWALK_SOURCE_DIR "/lessons/10-sk-buff/scenario.pkt", folder + "/scenario.pkt",
                               std::filesystem::copy_options::overwrite_existing);
    ask("kind: drag\nask: Where?\npointers: [data, tail]\nwhen: call __dev_queue_xmit\ntries: 0\n"
        "wrong: {data 30: That is a pull.}\n",
        "call ip_send_skb 2"); // of hello
    bar = panel.findChild<PointerBar*>();
    ASSERT_TRUE(bar);
  }
  PointerHandle* pointer(const char* name) {
    for (PointerHandle* handle : bar->handles())
      if (handle->name() == name) return handle;
    return nullptr;
  }
  static void drag(PointerHandle* handle, QWidget* over, int from, int to) {
    const QPoint middle = handle->rect().center();
    QTest::mousePress(handle, Qt::LeftButton, {}, middle);
    const QPoint there = handle->mapFrom(over, handle->mapTo(over, middle) + QPoint(to - from, 0));
    QMouseEvent move(QEvent::MouseMove, there, handle->mapToGlobal(there), Qt::NoButton, Qt::LeftButton, {});
    QApplication::sendEvent(handle, &move);
    QTest::mouseRelease(handle, Qt::LeftButton, {}, there);
  }
};

TEST_F(DraggedPointers, BeginWhereTheyStandAndAreNoPredictionThere) {
  EXPECT_EQ(tell::saidOf(bar->pointers()), "data 16, tail 49");
  EXPECT_FALSE(button("Check")->isEnabled());
  EXPECT_FALSE(walk.covers().empty());
}

TEST_F(DraggedPointers, ByTheMouse) {
  drag(pointer("data"), bar, int(bar->x(16)), int(bar->x(30)));
  EXPECT_NEAR(pointer("data")->value(), 30, 1);
  pointer("data")->setValue(30);
  button("Check")->click();
  EXPECT_FALSE(answered());
  EXPECT_TRUE(panel.findChild<SaidPlace*>()->toolTip().contains("That is a pull."));
  QTest::mouseClick(bar, Qt::LeftButton, {}, QPoint(int(std::lround(bar->x(2))), bar->height() / 2));
  EXPECT_NEAR(pointer("data")->value(), 2, 1) << "the nearest comes to where one presses";
}

TEST_F(DraggedPointers, ByTheKeysAlone) {
  panel.activateWindow();
  const EventIndex asked = walk.position();
  PointerHandle* const data = pointer("data");
  data->setFocus(Qt::TabFocusReason);
  for (int i = 0; i < 14; ++i) QTest::keyClick(data, Qt::Key_Left);
  EXPECT_EQ(data->value(), 2);
  EXPECT_EQ(data->accessibleName(), "data at byte 2");
  QTest::keyClick(data, Qt::Key_PageUp);
  EXPECT_EQ(data->value(), 18);
  QTest::keyClick(data, Qt::Key_PageDown);
  EXPECT_TRUE(data->focusPolicy() & Qt::TabFocus);
  EXPECT_EQ(data->nextInFocusChain(), pointer("tail"));
  button("Check")->click();
  EXPECT_TRUE(answered());
  EXPECT_EQ(walk.position(), *tell::findPlace(walk.session(), {"call", "__dev_queue_xmit"}, asked))
      << "the walk shows it";
}

TEST_F(DraggedPointers, TheWheelMovesNone) {
  PointerHandle* const data = pointer("data");
  QWheelEvent down(QPointF(3, 3), data->mapToGlobal(QPointF(3, 3)), {}, {0, -120}, Qt::NoButton, {}, Qt::NoScrollPhase,
                   false);
  QApplication::sendEvent(data, &down);
  EXPECT_EQ(data->value(), 16);
  EXPECT_FALSE(down.isAccepted());
}

// ---- two runs

TEST_F(OwnLesson, TwoRunsAreCompared) {
  std::ofstream(folder + "/other.pkt") << "//@case make\n0 socket(AF_INET, SOCK_STREAM, 0) = 3\n";
  ask("kind: compare\nask: Does it free more?\nother: other.pkt\nanswer: count(sk_free)\nhow: relation\n");
  const auto choices = panel.findChildren<QRadioButton*>();
  ASSERT_EQ(choices.size(), 3);
  EXPECT_EQ(choices[1]->text(), "less than here");
  QStringList lines;
  for (const QLabel* label : card()->findChildren<QLabel*>()) lines << label->toolTip();
  EXPECT_TRUE(lines.join(' ').contains("close(3)")) << "what is other is shown: " << lines.join('|').toStdString();
  choices[0]->click();
  EXPECT_FALSE(answered());
  QTest::mouseClick(button("Reveal"), Qt::LeftButton);
  EXPECT_TRUE(panel.findChild<SaidPlace*>()->toolTip().contains("less than here (1 here, 0 in the other run)"));
}

// ---- a lab

TEST_F(OwnLesson, ALabIsJudgedByTheRecord) {
  ASSERT_TRUE(panel.openLesson(file));
  panel.goTo(2);
  QApplication::processEvents();
  auto* const lab = panel.findChild<LabCard*>();
  ASSERT_TRUE(lab);
  int solved = 0;
  QObject::connect(lab, &LabCard::solved, [&] { ++solved; });
  EXPECT_TRUE(lab->findChild<QPlainTextEdit*>()->toPlainText().contains("socket(AF_INET, SOCK_STREAM, 0) = 3"));
  EXPECT_EQ(button("Run it"), nullptr);
  button("Begin")->click();
  QApplication::processEvents();
  button("Run it")->click();
  EXPECT_TRUE(lab->result().startsWith(QStringLiteral("✗"))) << lab->result().toStdString();
  lab->setScript("0 socket(AF_INET\n");
  lab->run();
  EXPECT_TRUE(lab->result().contains("lab.pkt:")) << lab->result().toStdString();
  EXPECT_EQ(solved, 0);
  button("Solution")->click();
  button("Run it")->click();
  EXPECT_TRUE(lab->result().startsWith(QStringLiteral("✓"))) << lab->result().toStdString();
  EXPECT_EQ(solved, 1);
}

} // namespace
