#include "views/buffer/side_by_side.h"
#include "views/buffer/beside_canvas.h"
#include "views/theme/elided_label.h"
#include "views/theme/theme.h"
#include "views/walk/text.h"
#include <algorithm>
#include <QButtonGroup>
#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>

namespace sockwalk {

static QToolButton* buttonOf(const QString& words, const QString& tip, bool checkable, QWidget* parent) {
  auto* button = new QToolButton(parent);
  if (!checkable) button->setProperty("link", true);
  button->setText(words);
  button->setToolTip(tip);
  button->setAccessibleName(words);
  button->setCheckable(checkable);
  return button;
}

SideBySide::SideBySide(Walk& walk, QWidget* parent)
    : QWidget(parent), m_walk(walk), m_title(new ElidedLabel(this)), m_note(new ElidedLabel(this)),
      m_menu(new QMenu(this)), m_canvas(new BesideCanvas(this)) {
  m_byBuffers = buttonOf(tr("buffers"), tr("Several buffers at this moment"), true, this);
  m_byMoments = buttonOf(tr("moments"), tr("One buffer at several moments"), true, this);
  m_add = buttonOf({}, {}, false, this);
  m_back = buttonOf(tr("one buffer"), tr("Back to the picture of one buffer"), false, this);
  auto* modes = new QButtonGroup(this);
  modes->addButton(m_byBuffers);
  modes->addButton(m_byMoments);
  auto* row = new QHBoxLayout;
  row->addWidget(m_title, 1);
  for (QToolButton* button : {m_add, m_back}) row->addWidget(button);
  auto* below = new QHBoxLayout; // two rows, for a pane of two
  for (QToolButton* button : {m_byBuffers, m_byMoments}) below->addWidget(button);
  below->addWidget(m_note, 1);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(12, 8, 8, 8);
  column->setSpacing(4);
  column->addLayout(row);
  column->addLayout(below);
  column->addWidget(m_canvas, 1);
  m_note->setProperty("role", "muted");
  setFocusProxy(m_canvas);
  connect(m_byBuffers, &QToolButton::clicked, this, [this] { setMode(Mode::Buffers); });
  connect(m_byMoments, &QToolButton::clicked, this, [this] { setMode(Mode::Moments); });
  connect(m_back, &QToolButton::clicked, this, &SideBySide::back);
  connect(m_add, &QToolButton::clicked, this, [this] {
    if (m_mode == Mode::Moments) return keepMoment();
    fillMenu();
    if (!m_menu->isEmpty()) m_menu->popup(m_add->mapToGlobal(QPoint(0, m_add->height())));
  });
  connect(m_canvas, &BesideCanvas::chosen, this, &SideBySide::choose);
  connect(m_canvas, &BesideCanvas::removeWanted, this, &SideBySide::remove);
  restyle();
}

void SideBySide::restyle() {
  m_title->setFont(theme().sans(13, QFont::Bold));
  m_note->setFont(theme().sans(11.5));
  m_canvas->restyle();
}

QString SideBySide::note() const { return m_note->text(); }
void SideBySide::sayNote(const QString& words) { m_note->setWords(words); }

// ---- what is shown
void SideBySide::forget() {
  m_buffers.clear();
  m_moments.clear();
  m_walker.reset();
  m_life = m_of = -1;
}

void SideBySide::begin(const tell::BufferLives& lives, tell::BufferJourneys& journeys, int life) {
  m_buffers = tell::buffersBeside(m_walk.playhead(), lives, life);
  m_moments.clear();
  m_of = -1;
  m_mode = m_buffers.size() < tell::LeastBeside ? Mode::Moments : Mode::Buffers;
  show(lives, journeys, life);
}

void SideBySide::show(const tell::BufferLives& lives, tell::BufferJourneys& journeys, int life) {
  m_lives = &lives;
  m_journeys = &journeys;
  m_life = life;
  if (m_of < 0) {
    m_of = life;
    m_moments = tell::momentsBeside(journeys.of(m_walk.journal(), lives, life));
  }
  draw();
}

void SideBySide::setMode(Mode mode) {
  m_mode = mode;
  if (mode == Mode::Moments && m_life >= 0 && m_life != m_of) {
    m_of = m_life;
    m_moments = tell::momentsBeside(m_journeys->of(m_walk.journal(), *m_lives, m_of));
  }
  draw();
}

std::vector<EventIndex> SideBySide::moments() const {
  std::vector<EventIndex> out = m_moments;
  if (m_lives->life(m_of).knownAt(m_walk.position())) out.push_back(m_walk.position());
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

void SideBySide::draw() {
  if (m_life < 0 || !m_walk.isOpen()) return;
  m_byBuffers->setChecked(m_mode == Mode::Buffers);
  m_byMoments->setChecked(m_mode == Mode::Moments);
  const bool buffers = m_mode == Mode::Buffers;
  m_add->setText(buffers ? tr("add…") : tr("keep this moment"));
  m_add->setToolTip(buffers ? tr("Lay another buffer of this moment beside them")
                            : tr("This moment stays in the picture when the walk goes on"));
  m_add->setAccessibleName(m_add->toolTip());
  if (buffers) {
    m_shown.assign(m_buffers.size(), m_walk.position());
    const auto lit = std::ranges::find(m_buffers, m_life);
    m_canvas->show(tell::sideBySide(m_walk.playhead(), *m_lives, *m_journeys, m_buffers),
                   lit == m_buffers.end() ? -1 : int(lit - m_buffers.begin()));
    m_title->setWords(tr("%1 buffers at this moment").arg(m_buffers.size()));
    return sayNote(tr("One scale: what stands above one another has the same offset from head."));
  }
  if (!m_walker) m_walker = std::make_unique<Playhead>(m_walk.journal());
  m_shown = moments();
  const auto lit = std::ranges::find(m_shown, m_walk.position());
  m_canvas->show(tell::sideBySide(*m_walker, *m_lives, *m_journeys, m_of, m_shown, m_walk.position()),
                 lit == m_shown.end() ? -1 : int(lit - m_shown.begin()));
  const auto& rows = m_canvas->rows().rows;
  m_title->setWords(tr("%1 at %2 moments").arg(rows.empty() ? QString() : text(rows.front().name)).arg(rows.size()));
  sayNote(tr("The row in colour is now, and goes with the walk; the others stay."));
}

// ---- more and fewer
void SideBySide::fillMenu() {
  m_menu->clear();
  if (m_buffers.size() >= tell::MostBeside)
    return sayNote(tr("Four is the most that can be read side by side: take one away first (its cross, or Delete)."));
  for (const int life : m_lives->aliveAt(m_walk.position())) {
    if (std::ranges::find(m_buffers, life) != m_buffers.end()) continue;
    m_menu->addAction(text(tell::bufferName(m_lives->life(life))), this, [this, life] { add(life); });
  }
  if (m_menu->isEmpty()) sayNote(tr("No other buffer is alive at this moment."));
}

void SideBySide::add(int life) {
  if (m_buffers.size() >= tell::MostBeside)
    return sayNote(tr("Four is the most that can be read side by side: take one away first (its cross, or Delete)."));
  m_buffers.push_back(life);
  draw();
}

void SideBySide::keepMoment() {
  const EventIndex now = m_walk.position();
  if (!m_lives->life(m_of).knownAt(now)) return sayNote(tr("The buffer is not there at this moment."));
  if (std::ranges::find(m_moments, now) != m_moments.end()) return sayNote(tr("This moment is kept already."));
  if (m_moments.size() + 1 >= tell::MostBeside)
    return sayNote(tr("Three moments and now are the most: take one away first (its cross, or Delete)."));
  m_moments.push_back(now);
  draw();
}

void SideBySide::remove(int row) {
  const size_t count = m_canvas->rows().rows.size();
  if (count <= tell::LeastBeside && m_mode == Mode::Buffers)
    return sayNote(tr("Two at least stand side by side: add another one first."));
  if (m_mode == Mode::Buffers) {
    m_buffers.erase(m_buffers.begin() + row);
    return draw();
  }
  const EventIndex position = m_shown[size_t(row)];
  if (!std::erase(m_moments, position)) return sayNote(tr("This is now: it goes with the walk."));
  draw();
}

void SideBySide::choose(int row) {
  if (m_mode == Mode::Moments) return emit goTo(m_shown[size_t(row)]);
  const int life = m_buffers[size_t(row)];
  if (!m_lives->life(life).knownAt(m_walk.position())) return sayNote(tr("The buffer is not there at this moment."));
  emit lookedAt(Arena::addressOf(m_lives->life(life).offset));
}

} // namespace sockwalk
