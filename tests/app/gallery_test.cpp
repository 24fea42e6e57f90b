// The gallery's eye, shown what it has to see and what it has to leave alone; and the gallery itself before it: what the
// window and every view look like in Chinese, in little room and in large type.
#include "app/gallery_scenes.h"
#include "app/offscreen.h"
#include "app/picture_check.h"
#include "views/call_path/call_path_items.h"
#include <gtest/gtest.h>
#include <QDialog>
#include <QGraphicsScene>
#include <QGraphicsView>
#include <QLabel>
#include <QListWidget>
#include <QPainter>
#include <QSettings>
#include <QTabBar>
#include <QVBoxLayout>

namespace sockwalk {

void PrintTo(const Look& look, std::ostream* out) {
  *out << look.size.width() << (look.largeType ? ", large type" : "");
} // for failures

namespace {

// ---- the eye
class PictureCheckTest : public testing::Test {
protected:
  PictureCheckTest() { m_window.resize(200, 120); }
  QLabel* label(const QString& text, const QRect& at, QWidget* in = nullptr) {
    auto* made = new QLabel(text, in ? in : &m_window);
    made->setGeometry(at);
    return made;
  }
  std::vector<Trouble> found() {
    showOffscreen(m_window, m_window.size());
    return troubleIn(m_window, {200, 120});
  }
  // Of the only trouble; -1 if there is another number of them.
  int onlyKind() {
    const auto all = found();
    for (const Trouble& trouble : all) m_words << trouble.words();
    return all.size() == 1 ? all.front().kind : -1;
  }
  QWidget m_window;
  QStringList m_words; // for failures
};

TEST_F(PictureCheckTest, LeavesAloneWhatIsRight) {
  label("above", {0, 0, 200, 30});
  label("below", {0, 40, 200, 30});
  EXPECT_TRUE(found().empty());
}

TEST_F(PictureCheckTest, SeesTextThatIsCut) {
  label("much too long for its place", {0, 0, 40, 30});
  EXPECT_EQ(onlyKind(), Trouble::Cut) << m_words.join('\n').toStdString();
}

TEST_F(PictureCheckTest, SeesTextThatIsTooHigh) {
  label("above\nbelow\nfarther below", {0, 0, 200, 20})->setAlignment(Qt::AlignTop);
  const auto all = found();
  ASSERT_FALSE(all.empty());
  for (const Trouble& trouble : all) EXPECT_EQ(trouble.kind, Trouble::Cut) << trouble.words().toStdString();
}

TEST_F(PictureCheckTest, LeavesAloneWhatAScrollBarLeadsTo) {
  auto* list = new QListWidget(&m_window);
  list->setGeometry(0, 0, 200, 100);
  for (int i = 0; i < 40; ++i) list->addItem(QString("a row that is longer than the list is wide, number %1").arg(i));
  EXPECT_TRUE(found().empty()) << m_words.join('\n').toStdString();
}

TEST_F(PictureCheckTest, WantsATipForDots) {
  auto* list = new QListWidget(&m_window);
  list->setGeometry(0, 0, 200, 100);
  list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  list->setTextElideMode(Qt::ElideRight);
  list->addItem("a row that is longer than the list is wide");
  EXPECT_EQ(onlyKind(), Trouble::Dots) << m_words.join('\n').toStdString();
  list->item(0)->setToolTip(list->item(0)->text());
  EXPECT_TRUE(found().empty());
}

TEST_F(PictureCheckTest, SeesTextOnText) {
  class Painted : public QWidget {
  public:
    using QWidget::QWidget;
    void paintEvent(QPaintEvent*) override {
      QPainter painter(this);
      painter.drawText(10, 20, "one");
      painter.drawText(16, 22, "other");
    }
  } painted(&m_window);
  painted.setGeometry(0, 0, 200, 100);
  EXPECT_EQ(onlyKind(), Trouble::OnText) << m_words.join('\n').toStdString();
}

TEST_F(PictureCheckTest, SeesWidgetsOnOneAnother) {
  label("one", {0, 0, 100, 30});
  label("other", {60, 0, 100, 30});
  EXPECT_EQ(onlyKind(), Trouble::OnWidget) << m_words.join('\n').toStdString();
}

TEST_F(PictureCheckTest, SeesWhatStandsOutside) {
  label("", {150, 100, 100, 30});
  EXPECT_EQ(onlyKind(), Trouble::Outside) << m_words.join('\n').toStdString();
}

TEST_F(PictureCheckTest, SeesTextThatIsPaintedOver) {
  auto* text = label("half of it", {0, 0, 200, 30});
  auto* over = new QWidget(text);
  over->setAutoFillBackground(true);
  over->setGeometry(0, 0, 20, 30);
  const auto all = found();
  ASSERT_FALSE(all.empty());
  EXPECT_TRUE(all.front().kind == Trouble::Cut || all.front().kind == Trouble::Covered);
}

TEST_F(PictureCheckTest, SeesTextThatNobodyCanRead) {
  auto* tiny = label("tiny", {0, 0, 200, 30});
  tiny->setStyleSheet("font-size: 5px");
  EXPECT_EQ(onlyKind(), Trouble::Tiny) << m_words.join('\n').toStdString();
  tiny->setStyleSheet("font-size: 12px; color: #f6f6f6; background: #ffffff");
  EXPECT_EQ(onlyKind(), Trouble::Faint) << m_words.join('\n').toStdString();
}

TEST_F(PictureCheckTest, SeesTabsBehindArrows) {
  auto* tabs = new QTabBar(&m_window);
  for (int i = 0; i < 12; ++i) tabs->addTab(QString("a tab, number %1").arg(i));
  tabs->setGeometry(0, 0, 200, 40);
  const auto all = found();
  EXPECT_TRUE(std::ranges::any_of(all, [](const Trouble& t) { return t.kind == Trouble::Arrows; }));
}

TEST_F(PictureCheckTest, SeesNodesOnOneAnother) {
  QGraphicsScene scene;
  scene.addItem(new PillItem(0, {0, 0, 80, 24}, Layer::Socket, "one", QString(), false));
  scene.addItem(new PillItem(1, {0, 20, 80, 24}, Layer::Socket, "other", QString(), false));
  QGraphicsView view(&scene, &m_window);
  view.setGeometry(0, 0, 200, 120);
  EXPECT_EQ(onlyKind(), Trouble::OnNode) << m_words.join('\n').toStdString();
}

TEST_F(PictureCheckTest, SeesAWindowThatIsLargerThanItMayBe) {
  m_window.resize(201, 120);
  EXPECT_EQ(onlyKind(), Trouble::TooLarge) << m_words.join('\n').toStdString();
}

// ---- what it sees
class GalleryTest : public testing::TestWithParam<Look> {
protected:
  void SetUp() override { wear(GetParam()); }
  void TearDown() override { wear({}); }
  Offscreen m_offscreen;
};

TEST_P(GalleryTest, NothingIsCutNorOverlaps) {
  for (const Scene& scene : scenes()) {
    QSettings().clear();
    const auto look = [&](QWidget& window, QDialog* above) {
      for (QWidget* widget : {&window, static_cast<QWidget*>(above)}) {
        if (!widget) continue;
        widget->grab(); // some is laid out only when it is painted
        settle();
        for (const Trouble& trouble : troubleIn(*widget, GetParam().size))
          ADD_FAILURE() << scene.name.toStdString() << ": " << trouble.words().toStdString();
      }
    };
    const Result<void> shown = scene.show(GetParam().size, look);
    EXPECT_TRUE(shown.ok()) << scene.name.toStdString() << ": " << (shown ? "" : shown.error().message);
  }
}

std::string nameOf(const testing::TestParamInfo<Look>& look) {
  constexpr const char* Names[] = {"InChinese", "InLittleRoom", "InLargeType"};
  return Names[look.index];
}
INSTANTIATE_TEST_SUITE_P(Looks, GalleryTest,
                         testing::Values(Look{false, Language::Chinese, {1280, 800}, false},
                                         Look{true, Language::English, {1024, 768}, false},
                                         Look{true, Language::Chinese, {1280, 800}, true}),
                         nameOf);

} // namespace
} // namespace sockwalk
