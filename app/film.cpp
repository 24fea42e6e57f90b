#include "app/film.h"
#include "app/film_sink.h"
#include "app/offscreen.h"
#include "app/picture.h"
#include "app/view_factory.h"
#include "views/theme/motion.h"
#include "views/walk/record_reader.h"
#include "views/walk/walk.h"
#include <algorithm>
#include <cmath>
#include <QAnimationDriver>
#include <QCoreApplication>
#include <QVariantAnimation>

namespace sockwalk {
namespace {

// Time goes on when a picture has been drawn, and by as much as it stands. Something always moves, or Qt would count by the
// clock on the wall from one motion to the next.
class FilmClock final : public QAnimationDriver {
public:
  explicit FilmClock(int picturesASecond) : m_step(1000.0 / picturesASecond) {
    install();
    m_pulse.setLoopCount(-1);
    m_pulse.setStartValue(0);
    m_pulse.setEndValue(1);
    m_pulse.start();
    QCoreApplication::sendPostedEvents(); // or it would not have begun
  }
  ~FilmClock() override { uninstall(); }
  void advance() override {
    m_now += m_step;
    advanceAnimation();
  }
  qint64 elapsed() const override { return qint64(m_now); }

protected:
  void start() override { // Qt counts from there
    m_now = 0;
    QAnimationDriver::start();
  }

private:
  double m_step, m_now = 0;
  QVariantAnimation m_pulse;
};

} // namespace

int picturesAStep(const FilmWish& wish) {
  return std::max(1, int(std::lround(wish.picturesASecond / wish.stepsASecond)));
}

std::vector<EventIndex> filmSteps(const Journal& journal, const FilmWish& wish) {
  const std::size_t most = std::size_t(FilmWish::Most / picturesAStep(wish)) + 1;
  std::vector<EventIndex> steps{wish.from};
  while (steps.back() < wish.to && steps.size() <= most) {
    const EventIndex next = stepInto(journal, steps.back(), wish.unit);
    if (next == steps.back() || next > wish.to) break;
    steps.push_back(next);
  }
  return steps;
}

QString filmLength(const Journal& journal, const FilmWish& wish, bool& possible) {
  possible = false;
  if (wish.to < wish.from) return FilmWords::tr("The end of the film lies before its beginning.");
  const auto steps = filmSteps(journal, wish);
  if (steps.size() < 2) return FilmWords::tr("No step lies between these two moments.");
  const int pictures = int(steps.size()) * picturesAStep(wish);
  if (pictures > FilmWish::Most)
    return FilmWords::tr("That is too long for a film: more than %1 pictures. Take larger steps, or a shorter stretch.")
        .arg(FilmWish::Most);
  possible = true;
  return FilmWords::tr("%n step(s), %1 pictures, %2 seconds", nullptr, int(steps.size()) - 1)
      .arg(pictures)
      .arg(double(pictures) / wish.picturesASecond, 0, 'f', 1);
}

// It goes its own way through the session of the walk that is filmed, which stays the owner: before it ends, something empty
// takes the session's place.
class Film::Double {
public:
  explicit Double(Walk& filmed) : m_walk(std::make_unique<Walk>()) {
    if (auto empty = scenario::Session::open({})) m_empty = std::move(*empty);
    m_walk->open(std::unique_ptr<scenario::Session>(&filmed.session()), filmed.position());
    m_walk->setCovers(filmed.covers());
    m_walk->setFocus(filmed.focus());
  }
  ~Double() {
    if (m_empty) m_walk->exchange(std::move(m_empty), 0).release();
    else m_walk.release(); // no room for another session: rather kept than destroyed with what is not its own
  }
  Double(const Double&) = delete;
  Double& operator=(const Double&) = delete;
  Walk& walk() { return *m_walk; }

private:
  std::unique_ptr<scenario::Session> m_empty;
  std::unique_ptr<Walk> m_walk;
};

Film::Film(Walk& filmed, const FilmWish& wish)
    : m_reduced(Motion::reduced()), m_double(std::make_unique<Double>(filmed)), m_aStep(picturesAStep(wish)) {
  Walk& walk = m_double->walk();
  Motion::setReduced(false); // whatever the person has chosen for the window
  m_clock = std::make_unique<FilmClock>(wish.picturesASecond);
  m_view.reset(createView(wish.view, walk));
  m_size = wish.size.isEmpty() ? viewSize(wish.view) : wish.size;
  m_view->setAttribute(Qt::WA_DontShowOnScreen);
  m_view->setAttribute(Qt::WA_ShowWithoutActivating);
  m_view->resize(m_size);
  m_view->show();
  walk.setUnit(wish.unit);
  // What is drawn of the whole record is drawn from the first picture on.
  while (!RecordReader::of(walk).atEnd()) QCoreApplication::processEvents(QEventLoop::ExcludeUserInputEvents);
  walk.seek(wish.from);
  m_pictures = int(filmSteps(walk.journal(), wish).size()) * m_aStep;
  BareView::hideButtons(*m_view);
}

Film::~Film() {
  m_view.reset(); // before the walk that it reads
  m_clock.reset();
  Motion::setReduced(m_reduced);
}

QImage Film::next() {
  const bool steps = m_drawn && m_drawn % m_aStep == 0;
  if (steps) m_double->walk().stepInto();
  else if (m_drawn) m_clock->advance();
  ++m_drawn;
  QCoreApplication::sendPostedEvents(); // what began to move is told so by an event
  QImage picture(m_size, QImage::Format_RGB32);
  picture.fill(m_view->palette().color(QPalette::Window));
  m_view->render(&picture);
  return picture;
}

} // namespace sockwalk
