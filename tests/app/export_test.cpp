// Pictures and films as files: without buttons, whole, of vectors; a film's motion; two stages side by side.
#include "app/film.h"
#include "app/film_sink.h"
#include "app/picture.h"
#include "app/picture_check.h"
#include "app/stage.h"
#include "app/view_factory.h"
#include "tests/app/window_fixture.h"
#include "views/theme/motion.h"
#include "views/walk/walk.h"
#include <QAbstractScrollArea>
#include <QAction>
#include <QComboBox>
#include <QDir>
#include <QLineEdit>
#include <QProcess>
#include <QPushButton>
#include <QScrollBar>
#include <QSet>
#include <QTableView>
#include <QTest>
#include <QXmlStreamReader>

namespace sockwalk {
namespace {

using tests::WindowTest;

class ExportTest : public WindowTest {
protected:
  void begin(const char* file) {
    m_window.resize(1280, 800);
    m_window.show();
    m_window.resetLayout();
    open(m_window, QString(SOCKWALK_SOURCE_DIR) + file);
    rest();
  }
  static void rest() {
    for (int i = 0; i < 5; ++i) QApplication::processEvents();
  }
  QByteArray read(const QString& path) {
    QFile file(path);
    EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << path.toStdString();
    return file.readAll();
  }
  FilmWish wish(const char* view, const char* function, EventIndex steps) {
    Walk& walk = m_window.walk();
    walk.toNextCall(function);
    FilmWish out;
    out.view = view;
    out.from = out.to = walk.position();
    out.picturesASecond = 20;
    out.stepsASecond = 2;
    out.size = {480, 320};
    for (EventIndex i = 0; i < steps; ++i) out.to = stepInto(walk.journal(), out.to, out.unit);
    return out;
  }
  MainWindow m_window;
};

// Text stands in it as text, so it is no bitmap in a wrapper.
TEST_F(ExportTest, EveryViewIsDrawnOfVectors) {
  begin("/assets/walks/tcp-on-loopback.pkt");
  m_window.walk().toNextCall("tcp_rcv_established");
  for (const QString& name : viewNames()) {
    if (name == "lesson") continue;
    m_window.showView(name);
    rest();
    const QString svg = m_dir.filePath(name + ".svg"), pdf = m_dir.filePath(name + ".pdf");
    EXPECT_TRUE(m_window.exportPicture(svg, name, false)) << m_window.banner().message().toStdString();
    EXPECT_TRUE(m_window.exportPicture(pdf, name, true)) << m_window.banner().message().toStdString();
    EXPECT_TRUE(read(svg).contains("<text")) << name.toStdString();
    const QByteArray page = read(pdf);
    EXPECT_TRUE(page.startsWith("%PDF")) << name.toStdString();
    EXPECT_TRUE(page.contains("/FontDescriptor")) << name.toStdString();
  }
}

// What is scrolled out of sight does not lie over what stands around.
TEST_F(ExportTest, EachScrollAreaIsCutAtItsEdges) {
  begin("/assets/walks/tcp-on-loopback.pkt");
  m_window.walk().toEnd();
  m_window.showView("packets");
  rest();
  const QString path = m_dir.filePath("packets.svg");
  ASSERT_TRUE(m_window.exportPicture(path, "packets", false));
  QWidget& view = *m_window.view("packets");
  QSet<QString> wanted, found;
  for (const auto* area : view.findChildren<QAbstractScrollArea*>())
    if (area->isVisible() && !area->viewport()->visibleRegion().isEmpty())
      wanted << QString("%1 x %2").arg(area->viewport()->width()).arg(area->viewport()->height());
  QXmlStreamReader xml(read(path));
  for (bool cut = false; !xml.atEnd(); xml.readNext()) {
    if (!xml.isStartElement()) continue;
    if (cut) found << QString("%1 x %2").arg(xml.attributes().value("width"), xml.attributes().value("height"));
    cut = xml.name() == QLatin1String("clipPath");
  }
  EXPECT_FALSE(xml.hasError()) << xml.errorString().toStdString();
  EXPECT_GT(wanted.size(), 2);
  EXPECT_TRUE(found.contains(wanted)) << QStringList(wanted.values()).join(", ").toStdString() << " but "
                                      << QStringList(found.values()).join(", ").toStdString();
}

TEST_F(ExportTest, ThePictureIsWithoutButtonsAndTheViewAsItWas) {
  begin("/assets/walks/tcp-on-loopback.pkt");
  m_window.walk().toEnd();
  m_window.showView("packets");
  rest();
  QWidget& view = *m_window.view("packets");
  auto* const table = view.findChild<QTableView*>();
  const QSize size = view.size();
  table->verticalScrollBar()->setValue(2);
  const int scrolled = table->verticalScrollBar()->value();
  ASSERT_GT(table->verticalScrollBar()->maximum(), 0) << "more packets than fit";
  QSet<QWidget*> seen;
  for (QWidget* w : view.findChildren<QWidget*>())
    if (w->isVisible()) seen << w;
  {
    const BareView bare(view, true);
    EXPECT_GT(view.height(), size.height());
    EXPECT_EQ(table->verticalScrollBar()->maximum(), 0) << "all of it is in the picture";
    EXPECT_FALSE(bare.isCut());
    for (const QWidget* w : view.findChildren<QLineEdit*>()) EXPECT_FALSE(w->isVisible());
    for (const QWidget* w : view.findChildren<QPushButton*>()) EXPECT_FALSE(w->isVisible());
  }
  rest();
  EXPECT_EQ(view.size(), size);
  EXPECT_EQ(table->verticalScrollBar()->value(), scrolled);
  for (QWidget* w : view.findChildren<QWidget*>())
    EXPECT_EQ(w->isVisible(), seen.contains(w)) << w->metaObject()->className() << w->objectName().toStdString();
}

TEST_F(ExportTest, APictureThatCannotBeWrittenLeavesWhatWasThere) {
  begin("/lessons/03-socket/scenario.pkt");
  const QString there = write("kept.txt", "kept");
  EXPECT_FALSE(m_window.exportPicture(there, "call-path", false)) << "no picture's ending";
  EXPECT_FALSE(m_window.exportPicture(there + "/picture.pdf", "call-path", false)) << "a file is no folder";
  EXPECT_FALSE(m_window.banner().message().isEmpty());
  EXPECT_EQ(read(there), "kept");
}

TEST_F(ExportTest, EachViewOffersItInItsMenu) {
  begin("/lessons/03-socket/scenario.pkt");
  for (const QString& name : viewNames()) {
    const auto actions = m_window.view(name)->actions();
    EXPECT_TRUE(std::ranges::any_of(actions, [](QAction* a) { return a->text().contains("Export"); }))
        << name.toStdString();
  }
}

// ---- films

TEST_F(ExportTest, AFilmHasTheMotionOfTheViewAndLeavesTheWalkAlone) {
  begin("/lessons/03-socket/scenario.pkt");
  FilmWish film = wish("call-path", "inet_create", 4);
  film.stepsASecond = 1;    // time to come to rest
  Motion::setReduced(true); // the person's wish is for the window
  const EventIndex before = m_window.walk().position();
  Film drawn(m_window.walk(), film);
  constexpr std::size_t AStep = 20;
  ASSERT_EQ(drawn.pictures(), int(5 * AStep));
  std::vector<QImage> pictures;
  while (!drawn.done()) {
    rest();
    pictures.push_back(drawn.next());
  }
  int moving = 0;
  for (std::size_t i = 1; i < pictures.size(); ++i)
    if (i % AStep && i % AStep < 6) moving += pictures[i] != pictures[i - 1];
  EXPECT_GT(moving, 3) << "something glides between the steps";
  for (std::size_t i = AStep - 1; i < pictures.size(); i += AStep)
    EXPECT_EQ(pictures[i], pictures[i - 1]) << "it comes to rest";
  EXPECT_EQ(m_window.walk().position(), before);
  EXPECT_EQ(pictures.front().size(), QSize(480, 320));
}

TEST_F(ExportTest, TheSameFilmTwiceIsTheSame) {
  begin("/lessons/10-sk-buff/scenario.pkt");
  const FilmWish film = wish("buffer", "udp_rcv", 3);
  std::vector<QImage> first;
  for (int round = 0; round < 2; ++round) {
    Film drawn(m_window.walk(), film);
    for (std::size_t i = 0; !drawn.done(); ++i) {
      rest();
      const QImage picture = drawn.next();
      if (!round) first.push_back(picture);
      else EXPECT_EQ(picture, first[i]) << i;
    }
  }
  EXPECT_EQ(first.size(), 40u);
}

TEST_F(ExportTest, AFilmMayBeAFolderOfPictures) {
  begin("/lessons/03-socket/scenario.pkt");
  const FilmWish film = wish("objects", "inet_create", 2);
  const QString folder = m_dir.filePath("film");
  {
    auto sink = openFilm(folder, film.size, film.picturesASecond, false);
    ASSERT_TRUE(sink);
    Film drawn(m_window.walk(), film);
    while (!drawn.done()) ASSERT_TRUE((*sink)->add(drawn.next()));
    ASSERT_TRUE((*sink)->finish());
  }
  EXPECT_EQ(QDir(folder).entryList({"picture-*.png"}).size(), 3 * 10);
  EXPECT_FALSE(openFilm(folder, film.size, 20, true)) << "it is not empty any more";
  const QString stopped = m_dir.filePath("stopped");
  {
    auto sink = openFilm(stopped, film.size, film.picturesASecond, false);
    ASSERT_TRUE(sink);
    Film drawn(m_window.walk(), film);
    ASSERT_TRUE((*sink)->add(drawn.next()));
    EXPECT_TRUE(QDir(stopped).exists());
  }
  EXPECT_FALSE(QDir(stopped).exists()) << "half a film is none";
}

TEST_F(ExportTest, AFilmIsRefusedWithASentence) {
  begin("/lessons/03-socket/scenario.pkt");
  const QString there = write("there.mp4", "somebody's");
  for (const QString& path : {there, m_dir.filePath("film.avi"), there + "/film"}) {
    const auto sink = openFilm(path, {64, 64}, 25, false);
    ASSERT_FALSE(sink) << path.toStdString();
    EXPECT_NE(sink.error().message.find(' '), std::string::npos);
  }
  EXPECT_EQ(read(there), "somebody's");
  bool possible = true;
  FilmWish backwards = wish("objects", "inet_create", 2);
  std::swap(backwards.from, backwards.to);
  EXPECT_FALSE(filmLength(m_window.walk().journal(), backwards, possible).isEmpty());
  EXPECT_FALSE(possible);
  FilmWish endless = backwards;
  endless.from = 0;
  endless.to = m_window.walk().journal().size();
  endless.unit = Unit::Event;
  filmLength(m_window.walk().journal(), endless, possible);
  EXPECT_FALSE(possible) << "more pictures than anybody looks at";
}

TEST_F(ExportTest, FfmpegMakesOneFileOfIt) {
  if (ffmpeg().isEmpty()) GTEST_SKIP() << "ffmpeg is not installed";
  begin("/lessons/03-socket/scenario.pkt");
  const FilmWish film = wish("call-path", "inet_create", 2);
  for (const char* name : {"film.mp4", "film.gif"}) {
    const QString path = m_dir.filePath(name);
    auto sink = openFilm(path, {481, 321}, film.picturesASecond, false); // odd sides, too
    ASSERT_TRUE(sink) << sink.error().message;
    FilmWish odd = film;
    odd.size = {481, 321};
    Film drawn(m_window.walk(), odd);
    while (!drawn.done()) {
      while ((*sink)->busy()) QApplication::processEvents();
      ASSERT_TRUE((*sink)->add(drawn.next()));
    }
    const Result<void> finished = (*sink)->finish();
    ASSERT_TRUE(finished.ok()) << finished.error().message;
    QProcess probe;
    probe.start("ffprobe",
                {"-v", "error", "-count_frames", "-show_entries", "stream=nb_read_frames", "-of", "csv=p=0", path});
    ASSERT_TRUE(probe.waitForFinished());
    EXPECT_EQ(probe.readAll().trimmed().toInt(), drawn.pictures()) << name;
    EXPECT_FALSE(QFile::exists(path + ".part"));
  }
}

TEST_F(ExportTest, AFilmThatIsStoppedLeavesNothing) {
  if (ffmpeg().isEmpty()) GTEST_SKIP() << "ffmpeg is not installed";
  const QString path = m_dir.filePath("stopped.mp4");
  {
    auto sink = openFilm(path, {64, 64}, 25, false);
    ASSERT_TRUE(sink);
    QImage picture(64, 64, QImage::Format_RGB32);
    picture.fill(Qt::white);
    ASSERT_TRUE((*sink)->add(picture));
  }
  EXPECT_TRUE(QDir(m_dir.path()).entryList({"stopped*"}).isEmpty());
}

// ---- side by side

TEST_F(ExportTest, AnyStageStandsBesideAnyOther) {
  begin("/assets/walks/tcp-on-loopback.pkt");
  const QSize little(1024, 768);
  m_window.resize(little);
  Stage& stage = m_window.stage();
  const QStringList names = stage.names();
  for (const QString& left : {names.first(), names.last()})
    for (const QString& right : names) {
      if (left == right) continue;
      stage.setSplit(false);
      stage.show(left);
      m_window.findChild<QAction*>("beside:" + right)->trigger();
      rest();
      EXPECT_EQ(stage.state().section('|', 0, 1).toStdString(), (left + "|" + right).toStdString());
      EXPECT_TRUE(m_window.view(left)->isVisible() && m_window.view(right)->isVisible());
      for (const Trouble& trouble : troubleIn(m_window, little))
        EXPECT_TRUE(trouble.kind != Trouble::Outside && trouble.kind != Trouble::TooLarge)
            << stage.state().toStdString() << ": " << trouble.words().toStdString();
      EXPECT_EQ(stage.current(), left) << "who puts one beside stays where they are";
      stage.goToOtherPane();
      EXPECT_EQ(stage.current(), right);
    }
  stage.swapPanes();
  EXPECT_EQ(stage.state().section('|', 1, 1), names.last());
  const QString state = m_window.layoutState();
  m_window.resetLayout();
  EXPECT_FALSE(stage.split());
  m_window.restoreLayout(state);
  EXPECT_EQ(stage.state().section('|', 1, 1), names.last()) << "a layout remembers both";
}

TEST_F(ExportTest, AMomentIsACoreFileAndItsTypes) {
  begin("/lessons/03-socket/scenario.pkt");
  m_window.walk().toNextCall("inet_create");
  QTemporaryDir folder;
  EXPECT_TRUE(m_window.exportCore(folder.filePath("moment.core")));
  for (const char* name : {"moment.core", "moment.types"})
    EXPECT_TRUE(read(folder.filePath(name)).startsWith("\177ELF")) << name;
  EXPECT_FALSE(m_window.exportCore(folder.filePath("no/such/moment.core")));
  EXPECT_EQ(QDir(folder.path()).entryList(QDir::Files).size(), 2);
}

} // namespace
} // namespace sockwalk
