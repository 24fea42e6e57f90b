// Bookmarks with notes, the way back over where one has been, and the preferences.
#include "app/bookmarks.h"
#include "app/status_line.h"
#include "app/welcome_page.h"
#include "tests/app/window_fixture.h"
#include "views/theme/motion.h"
#include "views/theme/theme.h"
#include <QCheckBox>
#include <QComboBox>
#include <QInputDialog>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMenu>
#include <QTest>

namespace sockwalk {
namespace {

class PlacesTest : public tests::OpenWindowTest {
protected:
  void SetUp() override {
    OpenWindowTest::SetUp();
    open(*m_window, script());
  }
  // Ctrl+B, a note, Return.
  void mark(const QString& note) {
    m_window->activateWindow(); // as it is again when a dialog has gone
    QApplication::processEvents();
    QTimer::singleShot(0, qApp, [note] {
      auto* const dialog = qobject_cast<QInputDialog*>(QApplication::activeModalWidget());
      ASSERT_TRUE(dialog);
      auto* const line = dialog->findChild<QLineEdit*>();
      line->selectAll();
      QTest::keyClicks(line, note);
      QTest::keyClick(line, Qt::Key_Return);
    });
    QTest::keyClick(m_window.get(), Qt::Key_B, Qt::ControlModifier);
  }
  QAction* entry(const QString& text) {
    for (QAction* action : menu("&Bookmarks")->actions())
      if (action->text() == text) return action;
    return nullptr;
  }
};

TEST_F(PlacesTest, ABookmarkLeadsBackAndIsSavedWithTheSession) {
  EXPECT_TRUE(entry("No moment is marked yet"));
  walk().toNextCall("inet_create");
  const EventIndex here = walk().position();
  mark("the protocol is chosen");
  EXPECT_TRUE(m_window->isWindowModified());
  walk().toNextCall("fd_install");
  const EventIndex later = walk().position();
  mark("a & b");
  walk().toStart();
  ASSERT_TRUE(entry("the protocol is chosen"));
  entry("the protocol is chosen")->trigger();
  EXPECT_EQ(walk().position(), here);
  EXPECT_TRUE(entry("the protocol is chosen")->isChecked());
  ASSERT_TRUE(m_window->saveSession(m_dir.filePath("mine.sockwalk")));
  EXPECT_FALSE(m_window->isWindowModified());

  open(*m_window, script());
  EXPECT_FALSE(entry("the protocol is chosen")) << "another session has bookmarks of its own";
  open(*m_window, m_dir.filePath("mine.sockwalk"));
  ASSERT_EQ(m_window->bookmarks().all(), (std::vector<Bookmark>{{here, "the protocol is chosen"}, {later, "a & b"}}));
  EXPECT_TRUE(entry("a && b"));
  walk().seek(later);
  ASSERT_TRUE(entry("&Remove this bookmark")->isEnabled());
  entry("&Remove this bookmark")->trigger();
  EXPECT_EQ(m_window->bookmarks().all().size(), 1u);
  EXPECT_FALSE(entry("&Remove this bookmark")->isEnabled());
  EXPECT_TRUE(m_window->isWindowModified());
}

TEST_F(PlacesTest, ANoteIsChangedWhereItStands) {
  mark("first");
  mark("second");
  ASSERT_EQ(m_window->bookmarks().all().size(), 1u);
  EXPECT_EQ(m_window->bookmarks().all()[0].note, "second");
}

TEST_F(PlacesTest, BookmarksOfADamagedFileAreLeftOut) {
  Bookmarks bookmarks;
  bookmarks.read(QJsonDocument::fromJson(R"([{"position": 7, "note": "b"}, {"position": -1}, 3, {"note": "x"},
      {"position": 5}, {"position": 7, "note": "twice"}, {"position": 99999999999}])")
                     .array());
  EXPECT_EQ(bookmarks.all(), (std::vector<Bookmark>{{5, ""}, {7, "b"}}));
}

TEST_F(PlacesTest, AltLeftGoesBackOverWhereOneJumpedFrom) {
  const auto key = [&](Qt::Key which) { QTest::keyClick(m_window.get(), which, Qt::AltModifier); };
  const EventIndex start = walk().position();
  walk().toNextCall("inet_create");
  walk().stepInto();
  walk().stepInto();
  const EventIndex stepped = walk().position();
  walk().toNextCall("fd_install");
  const EventIndex there = walk().position();
  key(Qt::Key_Left);
  EXPECT_EQ(walk().position(), stepped) << "where the steps had led";
  key(Qt::Key_Left);
  EXPECT_EQ(walk().position(), start);
  for (int i = 0; i < 3; ++i) key(Qt::Key_Right);
  EXPECT_EQ(walk().position(), there);
  EXPECT_TRUE(m_window->statusLine().text().contains("There is no later place."));
  key(Qt::Key_Left);
  walk().toEnd();
  key(Qt::Key_Right);
  EXPECT_EQ(walk().position(), walk().journal().size()) << "a jump begins a new way on";
  key(Qt::Key_Left);
  EXPECT_EQ(walk().position(), stepped);
}

TEST_F(PlacesTest, PreferencesAreTheMenusOwn) {
  bool shown = false;
  QTimer::singleShot(0, qApp, [&] {
    QWidget* const dialog = QApplication::activeModalWidget();
    ASSERT_TRUE(dialog);
    shown = true;
    for (auto* combo : dialog->findChildren<QComboBox*>()) {
      if (combo->accessibleName() != "Theme") continue;
      EXPECT_EQ(combo->currentIndex(), int(ThemeHub::instance().choice()));
      combo->setCurrentIndex(int(ThemeChoice::Dark));
      emit combo->activated(int(ThemeChoice::Dark));
    }
    for (auto* box : dialog->findChildren<QCheckBox*>())
      QTest::mouseClick(box, Qt::LeftButton, {}, QPoint(6, box->height() / 2));
    QTest::keyClick(dialog, Qt::Key_Escape);
  });
  const bool reduced = Motion::reduced();
  QTest::keyClick(m_window.get(), Qt::Key_Comma, Qt::ControlModifier);
  ASSERT_TRUE(shown);
  EXPECT_TRUE(theme().isDark());
  EXPECT_GT(theme().typeScale(), 1.1);
  EXPECT_NE(Motion::reduced(), reduced);
  EXPECT_FALSE(WelcomePage::wantedAtStart());
  EXPECT_EQ(QSettings().value("theme").toInt(), int(ThemeChoice::Dark));
  ThemeHub::instance().setChoice(ThemeChoice::Light);
  ThemeHub::instance().setTypeScale(1);
  Motion::setReduced(reduced);
}

} // namespace
} // namespace sockwalk
