// Labs that are done in the program, and with numbers of a person's own; and what a stop points at.
#include "engine/tell/lessons/lab_numbers.h"
#include "engine/tell/lessons/lesson_check.h"
#include "tests/views/lesson/own_lesson.h"
#include "views/buffer/buffer_view.h"
#include "views/call_path/call_path_view.h"
#include "views/lesson/lab_card.h"
#include "views/lesson/lab_editor.h"
#include "views/packets/packets_view.h"
#include "views/source/code_pane.h"
#include "views/source/source_view.h"
#include "views/walk/selecting.h"
#include <QLabel>
#include <QTableView>
#include <QTest>

using namespace sockwalk;

namespace {

// Three sockets by hand, where the start has made one and closed it.
constexpr const char* OnTheConsole = R"(---
title: T
scenario: scenario.pkt
---
# A
```stop
at: end close
```
Words: {{result make}}.
```predict
ask: Which number?
answer: result make
```
```lab
id: three
task: Make three more sockets.
use: console
goal: count(fd_install) == 4
partial: [count(fd_install) >= 2]
solution: three.lines
```
# B
```stop
at: end
```
The end.
)";

struct LabOnTheConsole : OwnLesson {
  LabCard* lab() { return panel.findChildren<LabCard*>().last(); } // those before are gone soon
  void SetUp() override {
    OwnLesson::SetUp();
    std::filesystem::remove(folder + "/lesson.zh.md");
    save(OnTheConsole);
    std::ofstream(folder + "/three.lines")
        << "// by hand\na = socket(AF_INET, SOCK_DGRAM, 0)\n"
           "b = socket(AF_INET, SOCK_DGRAM, 0)\nc = socket(AF_INET, SOCK_DGRAM, 0)\n";
    ASSERT_TRUE(panel.openLesson(file));
    QApplication::processEvents();
  }
  void press(const QString& words) {
    QPushButton* const b = button(words);
    ASSERT_TRUE(b) << words.toStdString();
    b->click();
    QApplication::processEvents();
  }
  std::string refused(const QString& line) {
    const auto done = walk.console(line);
    return done ? "" : done.error().message;
  }
};

TEST_F(LabOnTheConsole, IsRight) { EXPECT_EQ(tell::lines(tell::checkLesson(folder)), std::vector<std::string>()); }

// Whatever its goals are called: at 1280 × 800 the panel is 200 px wide.
TEST_F(LabOnTheConsole, FitsANarrowPanel) {
  change("partial: [count(fd_install) >= 2]",
         "partial: [count(__udp_enqueue_schedule_skb) >= 0, count(__dev_change_net_namespace) >= 0]");
  change("Make three more sockets.", "Make three more by tcp_reinit_congestion_control.");
  ASSERT_TRUE(panel.openLesson(file));
  QApplication::processEvents();
  press("Begin");
  EXPECT_LE(lab()->minimumSizeHint().width(), 200);
  EXPECT_TRUE(lab()->result().contains("count(__udp_enqueue_schedule_skb) >= 0")) << "as it is written";
  for (const QLabel* label : lab()->findChildren<QLabel*>()) {
    if (!label->wordWrap()) continue;
    const int room = 200 - 2 * 10;
    EXPECT_LE(label->fontMetrics().boundingRect(QRect(0, 0, room, 4000), Qt::TextWordWrap, label->text()).width(), room)
        << label->text().toStdString();
  }
}

TEST_F(LabOnTheConsole, IsDoneInTheProgramAndJudgedAsTheRecordGrows) {
  const EventIndex here = walk.position(), size = walk.journal().size();
  std::vector<QString> wanted;
  int solved = 0;
  QObject::connect(&panel, &View::viewWanted, [&](const QString& view) { wanted.push_back(view); });
  QObject::connect(&panel, &LessonPanel::answered, [&](const QString&, const QString& id, const auto& state) {
    EXPECT_EQ(id, "three");
    EXPECT_TRUE(state.right);
    ++solved;
  });
  press("Begin");
  EXPECT_EQ(wanted, std::vector<QString>{"console"});
  EXPECT_EQ(walk.position(), walk.journal().size()) << "where the start ends";
  EXPECT_FALSE(card()->isEnabled()) << "it asks about the lesson's walk";
  EXPECT_EQ(lab()->result(), QString::fromUtf8("✗ count(fd_install) >= 2\n✗ count(fd_install) == 4"));
  EXPECT_NE(refused("< S 0:0(0) win 1000").find("without the wire"), std::string::npos);
  EXPECT_NE(refused("wire loss 1%").find("without the wire"), std::string::npos);
  EXPECT_EQ(refused("a = socket(AF_INET, SOCK_DGRAM, 0)"), "");
  EXPECT_EQ(lab()->result(), QString::fromUtf8("✓ count(fd_install) >= 2\n✗ count(fd_install) == 4"));
  press("Back to the lesson");
  EXPECT_EQ(walk.position(), here);
  EXPECT_EQ(walk.journal().size(), size);
  EXPECT_TRUE(card()->isEnabled());
  EXPECT_NE(refused("wire loss 1%").find("no cable"), std::string::npos) << "no rule, and nothing to lose on";
  press("Go on");
  EXPECT_EQ(refused("b = socket(AF_INET, SOCK_DGRAM, 0)"), "");
  EXPECT_EQ(solved, 0);
  EXPECT_EQ(refused("c = socket(AF_INET, SOCK_DGRAM, 0)"), "");
  EXPECT_EQ(solved, 1);
  EXPECT_TRUE(lab()->result().startsWith(QStringLiteral("✓"))) << lab()->result().toStdString();
  panel.next();
  EXPECT_EQ(walk.journal().size(), size) << "the next stop is one of the lesson's walk";
  EXPECT_EQ(walk.position(), walk.journal().size());
}

TEST_F(LabOnTheConsole, ItsSolutionIsTypedAndEarnsNothing) {
  int solved = 0;
  QObject::connect(&panel, &LessonPanel::answered, [&] { ++solved; });
  press("Begin");
  press("Solution");
  EXPECT_EQ(lab()->result(), QString::fromUtf8("✓ count(fd_install) >= 2\n✓ count(fd_install) == 4"));
  EXPECT_EQ(solved, 0);
  press("Start over");
  EXPECT_TRUE(lab()->result().startsWith(QStringLiteral("✗")));
}

TEST_F(LabOnTheConsole, AnotherWalkEndsIt) {
  press("Begin");
  auto other = scenario::Session::open({});
  walk.open(std::move(*other));
  EXPECT_FALSE(panel.inLesson());
  EXPECT_NE(refused("< S 0:0(0) win 1000").find("where a script plays"), std::string::npos) << "no rule is left";
}

// ---- a script

struct LabByScript : OwnLesson {
  LabCard* lab() { return panel.findChildren<LabCard*>().last(); }
  void SetUp() override {
    OwnLesson::SetUp();
    ASSERT_TRUE(panel.openLesson(file));
    panel.goTo(2);
    QApplication::processEvents();
    button("Begin")->click();
    QApplication::processEvents();
  }
};

TEST_F(LabByScript, ItsRecordIsWalkedThroughAndTheLessonWaits) {
  const EventIndex size = walk.journal().size();
  lab()->setScript("0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n+0 close(3) = 0\n");
  EXPECT_EQ(button("Back to the lesson"), nullptr);
  button("Walk through it")->click();
  EXPECT_NE(walk.journal().size(), size);
  EXPECT_EQ(walk.journal().stimuli().back().text, "close(3)");
  EXPECT_TRUE(lab()->result().startsWith(QStringLiteral("✗"))) << lab()->result().toStdString();
  button("Back to the lesson")->click();
  EXPECT_EQ(walk.journal().size(), size);
  EXPECT_EQ(button("Back to the lesson"), nullptr);
  EXPECT_TRUE(button("Run it")) << "one goes on writing";
}

TEST_F(LabByScript, WhatIsWrittenStaysWhileOneReadsElsewhere) {
  lab()->setScript("// mine\n");
  panel.goTo(1);
  panel.goTo(2);
  QApplication::processEvents();
  button("Go on")->click();
  EXPECT_EQ(lab()->findChild<QPlainTextEdit*>()->toPlainText(), "// mine\n");
}

// The panel scrolls it; it is not pressed into the room that it had before.
TEST_F(LabByScript, InLittleRoomItHasAllThatItNeedsOnceItIsBegun) {
  lab()->setScript("// mine\n");
  panel.resize(260, 420);
  panel.goTo(1);
  panel.goTo(2);
  QApplication::processEvents();
  button("Go on")->click();
  for (int i = 0; i < 5; ++i) QApplication::processEvents();
  EXPECT_GE(lab()->height(), lab()->heightForWidth(lab()->width()));
  const auto* const script = lab()->findChild<QPlainTextEdit*>();
  EXPECT_LT(script->mapTo(lab(), script->rect().bottomLeft()).y(), button("Run it")->mapTo(lab(), QPoint()).y());
}

TEST_F(LabByScript, ALargerWindowWritesTheSameText) {
  button("Enlarge")->click();
  auto* const editor = lab()->findChild<LabEditor*>();
  ASSERT_TRUE(editor && editor->isVisible());
  editor->findChild<QPlainTextEdit*>()->setPlainText("0 socket(AF_INET\n");
  QTest::keyClick(editor->findChild<QPlainTextEdit*>(), Qt::Key_Return, Qt::ControlModifier);
  EXPECT_TRUE(lab()->result().contains("lab.pkt:")) << lab()->result().toStdString();
  EXPECT_TRUE(std::ranges::any_of(editor->findChildren<QLabel*>(),
                                  [](const QLabel* words) { return words->text().contains("lab.pkt:"); }));
}

// ---- numbers of a person's own

TEST_F(LabOnTheConsole, TwoPersonsHaveOtherNumbersAndAreJudgedByTheirs) {
  change("use: console\ngoal: count(fd_install) == 4\npartial: [count(fd_install) >= 2]\n",
         "use: console\nseed: {port: 20000..29999}\ngoal: sock.sk_num == {{seed port}}\n");
  change("Make three more sockets.", "Bind a socket to the port {{seed port}}.");
  std::ofstream(folder + "/three.lines")
      << "a = socket(AF_INET, SOCK_DGRAM, 0)\n"
         "bind(a, {sa_family = AF_INET, sin_port = htons({{seed port}}), sin_addr = INADDR_ANY}, 16)\n";
  EXPECT_EQ(tell::lines(tell::checkLesson(folder)), std::vector<std::string>());
  const auto said = [&] {
    QStringList all;
    for (const QLabel* label : lab()->findChildren<QLabel*>()) all << label->text();
    return all.join('\n');
  };
  const auto portOf = [&](u32 seed) {
    const auto read = tell::readLesson(folder);
    return QString::number(tell::valuesFor(read->stops[0].labs[0].numbers, seed).at("port"));
  };
  panel.setSeed(7);
  ASSERT_TRUE(panel.openLesson(file));
  QApplication::processEvents();
  EXPECT_TRUE(said().contains("Bind a socket to the port " + portOf(7) + '.')) << said().toStdString();
  EXPECT_TRUE(said().contains("port " + portOf(7) + " (seed 7)")) << said().toStdString();
  panel.setSeed(8);
  QApplication::processEvents();
  EXPECT_TRUE(said().contains("to the port " + portOf(8))) << said().toStdString();
  EXPECT_NE(portOf(7), portOf(8));
  std::vector<u32> seeds;
  QObject::connect(&panel, &LessonPanel::answered,
                   [&](auto&, auto&, const auto& state) { seeds.push_back(state.seed); });
  press("Begin");
  const auto bind = [&](const QString& name, const QString& port) {
    EXPECT_EQ(refused(name + " = socket(AF_INET, SOCK_DGRAM, 0)"), "");
    EXPECT_EQ(
        refused("bind(" + name + ", {sa_family = AF_INET, sin_port = htons(" + port + "), sin_addr = INADDR_ANY}, 16)"),
        "");
  };
  bind("a", portOf(7));
  EXPECT_EQ(seeds, std::vector<u32>{}) << "that is another person's";
  bind("b", portOf(8));
  EXPECT_EQ(seeds, std::vector<u32>{8});
}

// ---- what a stop points at

struct Pointing : OwnLesson {
  std::vector<QString> wanted;
  void point(const std::string& at, const std::string& point) {
    std::filesystem::remove(folder + "/lesson.zh.md");
    std::ofstream(folder + "/scenario.pkt") << "0 socket(AF_INET, SOCK_DGRAM, 0) = 3\n+0 bind(3, ..., ...) = 0\n"
                                               "//@case arrives\n+.1 < udp (100)\n//@case over\n+.1 close(3) = 0\n";
    save("---\ntitle: T\nscenario: scenario.pkt\n---\n# A\n```stop\nat: " + at + "\nview: objects\npoint: " + point +
         "\n```\nWords.\n# B\n```stop\nat: end\n```\nThe end.\n");
    QObject::connect(&panel, &View::viewWanted, [&](const QString& view) { wanted.push_back(view); });
    const auto opened = panel.openLesson(file);
    ASSERT_TRUE(opened) << opened.error().message;
    QApplication::processEvents();
  }
};

TEST_F(Pointing, AtAFunctionOfTheCallPath) {
  CallPathView path(walk);
  path.resize(700, 500);
  path.show();
  point("stimulus arrives", "node udp_rcv");
  EXPECT_EQ(wanted, (std::vector<QString>{"objects", "call-path"}));
  EXPECT_EQ(path.stage().selectedName(), "udp_rcv");
  const EventIndex here = walk.position();
  walk.stepInto();
  EXPECT_EQ(path.stage().selectedName(), "") << "it is of that moment";
  walk.seek(here);
  EXPECT_EQ(path.stage().selectedName(), "");
}

TEST_F(Pointing, AtBytes) {
  BufferView buffer(walk);
  buffer.resize(900, 640);
  buffer.show();
  point("call udp_rcv", "bytes 64..71");
  EXPECT_EQ(wanted, (std::vector<QString>{"objects", "buffer"}));
  const tell::Selection& now = Selecting::of(walk).now();
  EXPECT_EQ(now.inBuffer, 64u);
  EXPECT_EQ(now.size, 8u);
  EXPECT_GE(now.life, 0);
  panel.next();
  EXPECT_FALSE(Selecting::of(walk).now()) << "the next stop points at nothing";
}

TEST_F(Pointing, AtALineAndAPacket) {
  SourceView source(walk);
  source.resize(480, 400);
  source.show();
  point("call udp_rcv", "line socket.cpp:12");
  EXPECT_EQ(source.code().file(), "engine/kernel/net/socket.cpp");
  EXPECT_EQ(source.code().linkedLine(), 12);
  walk.stepInto();
  EXPECT_NE(source.code().file(), "engine/kernel/net/socket.cpp") << "what runs";
  EXPECT_EQ(source.code().linkedLine(), 0);
}

TEST_F(Pointing, AtAPacketThatIsStillToCome) {
  PacketsView packets(walk);
  packets.resize(1000, 300);
  packets.show();
  point("start", "packet 1");
  EXPECT_EQ(wanted, (std::vector<QString>{"objects", "packets"}));
  EXPECT_EQ(packets.table()->currentIndex().row(), 0);
}

} // namespace
