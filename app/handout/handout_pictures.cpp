#include "app/handout/handout_pictures.h"
#include "app/offscreen.h"
#include "app/picture.h"
#include "app/picture_layers.h"
#include "app/shot_pages.h"
#include "app/view_factory.h"
#include "engine/tell/lessons/lesson_views.h"
#include "engine/tell/lessons/person.h"
#include "views/lesson/lesson_panel.h"
#include "views/theme/motion.h"
#include "views/theme/theme.h"
#include <map>
#include <QImage>
#include <QPainter>

namespace sockwalk {

namespace {

class PrintedLook {
public:
  PrintedLook() : m_choice(ThemeHub::instance().choice()), m_scale(theme().typeScale()), m_reduced(Motion::reduced()) {
    wear(ThemeChoice::Light, 1, true);
  }
  ~PrintedLook() { wear(m_choice, m_scale, m_reduced); }
  PrintedLook(const PrintedLook&) = delete;
  PrintedLook& operator=(const PrintedLook&) = delete;

private:
  static void wear(ThemeChoice choice, double scale, bool reduced) {
    Motion::setReduced(reduced);
    ThemeHub::instance().setChoice(choice);
    ThemeHub::instance().setTypeScale(scale);
  }
  ThemeChoice m_choice;
  double m_scale;
  bool m_reduced;
};

// A page is about 180 mm wide between its margins: more px would make the words of a picture too small to be read.
constexpr int Width = 860, Highest = 620, Lowest = 250; // px
constexpr QSize Whole(960, 1000);                       // a picture that has all in it may be as large as this

// What is wider than a page is as large as it would be, and higher: so its columns are not cut.
QSize onPaper(const QString& view) {
  const QSize natural = viewSize(view);
  const int wide = std::max(1, natural.width());
  const int high = wide > Width ? natural.height() * wide / Width : natural.height() * Width / wide;
  return {Width, std::clamp(high, Lowest, Highest)};
}

// Qt maps a clip twice where a widget is painted on a page that is moved and scaled. So what has all in it is painted as
// shapes, without one; what is cut is painted as dots, close enough for print.
void paintCut(QPainter& painter, QWidget& view, const QRect& area) {
  constexpr double Dots = 2; // a px: 192 in an inch
  QImage image(area.size() * Dots, QImage::Format_RGB32);
  image.setDevicePixelRatio(Dots);
  image.fill(view.palette().color(QPalette::Window));
  view.render(&image, QPoint(), QRegion(area));
  painter.drawImage(QRect(QPoint(), area.size()), image);
}

} // namespace

// The lesson, opened for itself, and the views, each made once: what stands still from stop to stop is laid out alike.
class HandoutPictures::Studio {
public:
  ~Studio() { m_walk.setCovers({}); } // what paper asks is asked of nobody else
  Result<void> open(const QString& lesson) { return m_lesson.openLesson(lesson); }
  const tell::Lesson& lesson() const { return m_lesson.lesson(); }
  const scenario::Session& session() { return m_walk.session(); }

  // What is looked at is told to all views: one that has just been made has heard of nothing.
  QWidget& at(std::size_t stop, const std::string& written, const tell::Covers& covers) {
    const tell::AskedView asked = tell::askedView(written);
    const bool isNew = !m_views.contains(QString::fromStdString(asked.name));
    QWidget& out = viewNamed(QString::fromStdString(asked.name));
    const bool another = m_stop != int(stop);
    if (another) m_lesson.goTo(m_stop = int(stop));
    if (another) m_walk.setCovers(covers);
    if (another || isNew) m_lesson.lookAgain();
    showPage(out, m_walk, asked.page).ok();                  // of a view without pages none is asked for
    out.resize(onPaper(QString::fromStdString(asked.name))); // it may have grown for what another stop shows
    settle();
    return out;
  }

private:
  QWidget& viewNamed(const QString& name) {
    std::unique_ptr<QWidget>& view = m_views[name];
    if (!view) {
      view.reset(createView(name, m_walk));
      showOffscreen(*view, onPaper(name));
    }
    return *view;
  }
  PrintedLook m_look;
  Walk m_walk;
  Walk::CoversAlone m_alone{m_walk};
  LessonPanel m_lesson{m_walk};
  std::map<QString, std::unique_ptr<QWidget>> m_views;
  int m_stop = -1;
};

HandoutPictures::HandoutPictures() : m_studio(std::make_unique<Studio>()) {}
HandoutPictures::~HandoutPictures() = default;

Result<std::unique_ptr<HandoutPictures>> HandoutPictures::open(const QString& lesson, bool answers) {
  std::unique_ptr<HandoutPictures> out(new HandoutPictures);
  if (const auto opened = out->m_studio->open(lesson); !opened) return opened.error();
  const auto person = tell::readPerson(tell::personFile()); // who has drawn none yet gets the first
  const u32 seed = person ? std::max(1u, person->seed) : 1;
  auto paper = tell::handoutOf(out->m_studio->lesson(), out->m_studio->session(), answers, seed);
  if (!paper) return paper.error();
  out->m_paper = std::move(*paper);
  return out;
}

QString HandoutPictures::title(std::size_t stop, std::size_t index) const {
  return viewTitle(QString::fromStdString(tell::askedView(m_paper.stops[stop].views[index]).name));
}

// All of the view if that is small enough to be read, else what is in sight.
template <class Look> void HandoutPictures::look(std::size_t stop, std::size_t index, const Look& look) {
  QWidget& view = m_studio->at(stop, m_paper.stops[stop].views[index], m_paper.covers);
  {
    const BareView whole(view, true);
    const QSize size = whole.area().size();
    if (!whole.isCut() && size.width() <= Whole.width() && size.height() <= Whole.height())
      return look(view, whole.area(), true);
  }
  const BareView seen(view, false);
  look(view, seen.area(), false);
}

QSize HandoutPictures::size(std::size_t stop, std::size_t index) {
  QSize out;
  look(stop, index, [&](QWidget&, const QRect& area, bool) { out = area.size(); });
  return out;
}
QByteArray HandoutPictures::svg(std::size_t stop, std::size_t index) {
  QByteArray out;
  look(stop, index, [&](QWidget& view, const QRect& area, bool) { out = svgOf(view, area); });
  return out;
}
void HandoutPictures::paint(QPainter& painter, std::size_t stop, std::size_t index, QSize room) {
  look(stop, index, [&](QWidget& view, const QRect& area, bool whole) {
    const double fits = std::min(double(room.width()) / area.width(), double(room.height()) / area.height());
    if (fits < 1) painter.scale(fits, fits);
    if (!whole) return paintCut(painter, view, area);
    painter.fillRect(QRect(QPoint(), area.size()), view.palette().color(QPalette::Window));
    painter.translate(-area.topLeft());
    for (const PictureLayer& layer : pictureLayers(view, area)) paintLayer(painter, view, layer);
  });
}

} // namespace sockwalk
