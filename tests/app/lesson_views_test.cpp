// The views that a stop asks for, in the window: their pages, and two of the stage side by side.
#include "app/stage.h"
#include "app/view_factory.h"
#include "engine/tell/lessons/lesson_views.h"
#include "tests/app/window_fixture.h"
#include "views/lesson/lesson_panel.h"
#include "views/structure/structure_view.h"
#include "views/tables/tables_model.h"
#include "views/tables/tables_view.h"
#include <QDir>

namespace sockwalk {
namespace {

using LessonViewsTest = tests::WindowTest;

TEST_F(LessonViewsTest, AreThoseOfTheWindow) {
  QStringList asked[3];
  for (const tell::LessonView& view : tell::lessonViews())
    asked[std::size_t(view.place)] << QString::fromStdString(view.name);
  for (const auto& [place, of] :
       {std::pair(ViewPlace::Stage, &asked[0]), {ViewPlace::Right, &asked[1]}, {ViewPlace::Bottom, &asked[2]}}) {
    QStringList there = viewNames(place);
    there.sort();
    of->sort();
    EXPECT_EQ(*of, there);
  }
}

TEST_F(LessonViewsTest, StandAsTheStopAsks) {
  const QString folder = m_dir.filePath("views");
  ASSERT_TRUE(QDir().mkpath(folder));
  write("views/scenario.pkt", tests::TwoSockets);
  write("views/lesson.md", "---\ntitle: T\nscenario: scenario.pkt\n---\n# A\n```stop\nat: end socket_tcp\n"
                           "view: [tables:ehash, structure:heat]\n```\nOne.\n# B\n```stop\nat: end socket_tcp\n"
                           "view: [objects, tables, structure]\nfocus: tcp_sock#1\n```\nTwo.\n# C\n```stop\nat: end\n"
                           "view: classes\n```\nThree.\n");
  MainWindow window;
  window.show();
  open(window, folder);
  auto* const panel = window.findChild<LessonPanel*>();
  auto* const stage = window.findChild<Stage*>();
  auto* const tables = window.findChild<TablesView*>();
  auto* const structure = window.findChild<StructureView*>();
  EXPECT_EQ(stage->state(), "tables");
  EXPECT_EQ(tables->model().rowCount(), 1);
  EXPECT_EQ(structure->tab(), StructureView::HeatTab);
  panel->next();
  EXPECT_EQ(stage->state(), "objects|tables");
  EXPECT_GT(tables->model().rowCount(), 10) << "as it is by itself";
  EXPECT_EQ(structure->tab(), StructureView::MembersTab);
  panel->next();
  EXPECT_EQ(stage->state(), "classes");
  stage->setSplit(true);
  panel->back();
  panel->next();
  EXPECT_TRUE(stage->split()) << "who has split it keeps it so";
}

} // namespace
} // namespace sockwalk
