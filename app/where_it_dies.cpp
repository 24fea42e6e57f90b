#include "app/where_it_dies.h"
#include "app/banner.h"
#include "app/window_language.h"
#include "engine/tell/broken_walk.h"
#include "engine/tell/position.h"
#include "views/walk/text.h"
#include "views/walk/walk.h"

namespace sockwalk {

WhereItDies::WhereItDies(Walk& walk, Banner& banner, QObject* parent)
    : QObject(parent), m_walk(walk), m_banner(banner) {
  connect(&WindowLanguage::instance(), &WindowLanguage::changed, this, &WhereItDies::again);
}

bool WhereItDies::canAsk() const { return m_walk.isOpen() && tell::brokenWalk(m_walk.session()).has_value(); }

void WhereItDies::ask() {
  const auto broken = m_walk.isOpen() ? tell::brokenWalk(m_walk.session()) : std::nullopt;
  if (!broken) return;
  m_shown = -1;
  m_banner.ask(shown(tell::question(*broken)), {{tr("Show where"), [this] { show(0); }}});
  m_said = m_banner.message();
}

void WhereItDies::show(int answer) {
  const auto broken = m_walk.isOpen() ? tell::brokenWalk(m_walk.session()) : std::nullopt;
  if (!broken || answer >= int(broken->answers.size())) return;
  const tell::BrokenWalkAnswer& here = broken->answers[std::size_t(answer)];
  if (here.position == NoEvent) return m_banner.say(Banner::Kind::Error, QString::fromStdString(here.missing));
  m_walk.pause();
  m_walk.seek(here.position);
  m_shown = answer;
  std::vector<Banner::Choice> choices;
  if (answer + 1 < int(broken->answers.size()))
    choices.push_back({tr("And then"), [this, answer] { show(answer + 1); }});
  choices.push_back({tr("Ask again"), [this] {
                       m_walk.seek(tell::firstMoment(m_walk.session()));
                       ask();
                     }});
  m_banner.ask(QString::fromStdString(tell::spokenWords(here.words)), choices);
  m_said = m_banner.message();
}

// The person may have gone on meanwhile: the walk stays where it is.
void WhereItDies::again() {
  if (m_said.isEmpty() || !m_banner.isVisible() || m_banner.message() != m_said) return;
  const EventIndex position = m_walk.position();
  if (m_shown < 0) return ask();
  show(m_shown);
  m_walk.seek(position);
}

} // namespace sockwalk
