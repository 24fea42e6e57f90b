#include "app/until_run.h"
#include "engine/tell/position.h"
#include "views/walk/text.h"
#include <QElapsedTimer>

namespace sockwalk {

using tell::expression::Constant;
using tell::expression::Name;

namespace {
constexpr int SliceMs = 8, WaitMs = 30;
constexpr EventIndex EventsAtOnce = 4000;
} // namespace

UntilRun::UntilRun(Walk& walk, QObject* parent) : QObject(parent), m_walk(walk), m_words(*this) {
  connect(&m_slices, &QTimer::timeout, this, &UntilRun::slice);
  connect(&walk, &Walk::opened, this, [this] {
    m_slices.stop();
    m_until = std::make_unique<tell::Until>(m_walk.session());
  });
}

std::optional<tell::expression::Problem> UntilRun::check(const QString& condition) {
  return m_until ? m_until->set(condition.toStdString()) : std::nullopt;
}

void UntilRun::start(const QString& condition, bool forward) {
  if (!m_until || m_until->set(condition.toStdString())) return;
  m_walk.pause();
  m_forward = forward;
  m_until->begin(m_walk.position(), forward);
  m_slices.start(0);
  emit progress(0);
  slice(); // what is near is there at once
}

void UntilRun::stop() {
  if (!looking()) return;
  end(false, tr("Stopped before anything was found. You are where you were."));
}

void UntilRun::slice() {
  QElapsedTimer clock;
  clock.start();
  auto state = tell::Until::State::Looking;
  while (state == tell::Until::State::Looking && clock.elapsed() < SliceMs) state = m_until->advance(EventsAtOnce);
  if (state == tell::Until::State::Found) return found();
  if (state == tell::Until::State::Looking) {
    m_slices.start(0);
    return emit progress(m_until->progress());
  }
  if (!m_forward || !m_walk.recording()) return end(false, shown(m_until->reason()));
  m_until->begin(m_walk.journal().size(), true); // there is more to come
  m_slices.start(WaitMs);
}

void UntilRun::found() {
  const EventIndex position = m_until->position();
  const QString step = shown(tell::stepName(m_walk.journal(), position, NoEvent)), why = shown(m_until->reason());
  m_slices.stop();
  m_walk.seek(position);
  end(true, tr("Stopped at %1: %2").arg(step, why));
}

void UntilRun::end(bool found, const QString& words) {
  m_slices.stop();
  emit progress(1);
  emit ended(found, words);
}

std::optional<Name> UntilRun::Words::find(std::string_view word) const {
  return m_run.m_until ? m_run.m_until->vocabulary().find(word) : std::nullopt;
}
std::vector<Name> UntilRun::Words::names() const {
  return m_run.m_until ? m_run.m_until->vocabulary().names() : std::vector<Name>();
}
std::vector<Constant> UntilRun::Words::constants(const Name& name) const {
  return m_run.m_until ? m_run.m_until->vocabulary().constants(name) : std::vector<Constant>();
}

} // namespace sockwalk
