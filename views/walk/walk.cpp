#include "views/walk/walk.h"
#include "engine/journal/era_of.h"
#include "views/theme/described.h"
#include "views/walk/text.h"
#include <algorithm>
#include <QElapsedTimer>

namespace sockwalk {

// All that there are: what is told anywhere keeps to itself what a lesson of any of them asks.
static std::vector<Walk*>& walks() {
  static std::vector<Walk*> all;
  return all;
}
static const Walk* alone = nullptr; // whose covers alone count, if not all of them do

Walk::Walk(QObject* parent) : QObject(parent) {
  walks().push_back(this);
  Described::coverBy(&Walk::coveredByAll);
  coverShown(&Walk::coveredByAll);
  connect(&m_recorder, &QTimer::timeout, this, &Walk::recordSlice);
  connect(&m_runner, &QTimer::timeout, this, &Walk::tick);
}
Walk::~Walk() { std::erase(walks(), this); }

void Walk::open(std::unique_ptr<scenario::Session> session, EventIndex position) {
  exchange(std::move(session), position);
}

std::unique_ptr<scenario::Session> Walk::exchange(std::unique_ptr<scenario::Session> session, EventIndex position) {
  pause();
  m_playhead.reset();
  m_hosts.clear();
  m_covers = {};
  m_consoleRule = nullptr;
  m_marked = {};
  m_session.swap(session);
  m_playhead = std::make_unique<Playhead>(m_session->journal());
  m_focus = 0;
  emit opened();
  m_recording = m_session->pending();
  m_recorder.start(0);
  recordSlice();
  m_playhead->seek(position);
  emit moved(0, m_playhead->position(), true);
  return session;
}

// A frame's worth of stimuli, then back to the event loop: the window stays alive however long the capture is.
void Walk::recordSlice() {
  QElapsedTimer clock;
  clock.start();
  while (m_session->pending() && clock.elapsed() < 10) m_session->runNext();
  const bool more = m_session->pending();
  if (!more) m_recorder.stop();
  m_recording = more;
  emit recorded();
  emit recordingChanged(more, m_session->progress());
}

void Walk::stopRecording() {
  m_recorder.stop();
  m_recording = false;
  if (m_session) emit recordingChanged(false, m_session->progress());
}

Result<u32> Walk::console(const QString& line) {
  if (!m_session) return Error{tr("No session is open.").toStdString()};
  if (const QString why = m_consoleRule ? m_consoleRule(line) : QString(); !why.isEmpty())
    return Error{why.toStdString()};
  if (m_catchUp) m_catchUp();
  Result<u32> stimulus = m_session->console(line.toStdString());
  emit recorded();
  if (stimulus) toStimulus(static_cast<int>(*stimulus));
  return stimulus;
}

void Walk::setFocus(u64 address) {
  if (m_focus == address) return;
  m_focus = address;
  emit focusChanged(address);
}

void Walk::retell() {
  emit optionsChanged();
  if (!m_session) return;
  emit recorded();
  emit moved(position(), position(), true);
}

u64 Walk::currentBuffer() const {
  if (!m_playhead) return 0;
  const Journal& j = m_session->journal();
  const auto stack = m_playhead->callStack();
  for (auto it = stack.rbegin(); it != stack.rend(); ++it)
    if (const u64 buffer = bufferOf(j, j[*it])) return buffer;
  return 0;
}

// The same moment once more, with other things covered; none at all is what a walk without a lesson has.
void Walk::setCovers(tell::Covers covers) {
  const bool nothing = covers.empty() && m_covers.empty();
  m_covers = std::move(covers);
  if (!m_playhead || nothing) return;
  emit coversChanged();
  emit moved(position(), position(), true);
}

QString Walk::covered(const QString& words) const {
  return m_covers.empty() ? words : QString::fromStdString(m_covers.words(words.toStdString()));
}

QString Walk::coveredByAll(QString words) {
  // A small number that stands alone in its cell is a size, an offset, a count of rows; a value that is asked for is covered
  // by whoever knows its member.
  const auto isDigit = [](QChar c) { return c.isDigit(); };
  if (words.size() < 3 && std::ranges::all_of(words, isDigit)) return words;
  const auto cover = [&words](const Walk& walk) {
    if (!walk.covers().empty()) words = QString::fromStdString(walk.covers().anywhere(words.toStdString()));
  };
  if (alone) cover(*alone);
  else
    for (const Walk* walk : walks()) cover(*walk);
  return words;
}

Walk::CoversAlone::CoversAlone(const Walk& walk) { alone = &walk; }
Walk::CoversAlone::~CoversAlone() {
  const Walk* const was = std::exchange(alone, nullptr);
  for (Walk* walk : std::vector(walks()))
    if (walk != was) walk->retell();
}

const tell::Hosts& Walk::hosts() {
  if (m_session) m_hosts.update(journal());
  return m_hosts;
}

void Walk::setUnit(Unit unit) {
  m_unit = unit;
  emit optionsChanged();
}
void Walk::setSpeed(double stepsPerSecond) {
  m_speed = std::clamp(stepsPerSecond, 0.25, 1000.0);
  if (m_direction) m_runner.start(std::max(8, int(1000 / m_speed)));
  emit optionsChanged();
}

void Walk::moveTo(EventIndex position, bool jump) {
  if (!m_playhead) return;
  const EventIndex from = m_playhead->position();
  if (position == from && !jump) {
    const bool atEnd = from >= journal().size();
    pause();
    emit boundaryReached(atEnd ? tr("This is the end of the record.") : tr("Nothing further in that direction."));
    return;
  }
  m_playhead->seek(position);
  if (m_playhead->position() != from) m_marked = {};
  emit moved(from, m_playhead->position(), jump);
}

void Walk::mark(tell::PointPlace place) {
  m_marked = std::move(place);
  emit markChanged();
}

void Walk::seek(EventIndex position) { moveTo(position, true); }
void Walk::stepInto() {
  if (m_playhead) moveTo(sockwalk::stepInto(journal(), position(), m_unit), false);
}
void Walk::stepOver() {
  if (m_playhead) moveTo(sockwalk::stepOver(journal(), position()), false);
}
void Walk::stepOut() {
  if (m_playhead) moveTo(sockwalk::stepOut(journal(), position()), false);
}
void Walk::stepBackInto() {
  if (m_playhead) moveTo(sockwalk::stepBackInto(journal(), position(), m_unit), false);
}
void Walk::stepBackOver() {
  if (m_playhead) moveTo(sockwalk::stepBackOver(journal(), position()), false);
}
void Walk::stepBackOut() {
  if (m_playhead) moveTo(sockwalk::stepBackOut(journal(), position()), false);
}

void Walk::run(int direction) {
  if (!m_playhead) return;
  m_direction = direction > 0 ? 1 : -1;
  m_runner.start(std::max(8, int(1000 / m_speed)));
  emit runningChanged(m_direction);
}
void Walk::pause() {
  m_runner.stop();
  if (!m_direction) return;
  m_direction = 0;
  emit runningChanged(0);
}

// Faster than the screen can show, several steps go by between two pictures.
void Walk::tick() {
  const int steps = std::max(1, int(m_speed * m_runner.interval() / 1000));
  EventIndex at = position();
  for (int i = 0; i < steps; ++i)
    at = m_direction > 0 ? sockwalk::stepInto(journal(), at, m_unit) : sockwalk::stepBackInto(journal(), at, m_unit);
  const Watches::Stop stop = m_watches.stopBetween(journal(), position(), at);
  moveTo(stop.watch < 0 ? at : stop.position, false);
  if (stop.watch >= 0) stopAtWatch(stop.watch);
}

void Walk::stopAtWatch(int index) {
  pause();
  const tell::WatchedMember& member = m_watches.all()[size_t(index)].member;
  const tell::WatchedNow now = tell::watchedNow(playhead(), member, {});
  emit stopped(
      now.life == tell::WatchedNow::Alive
          ? tr("Stopped: %1 of %2 has become %3.").arg(text(member.member), text(member.object), shown(now.value))
          : tr("Stopped: %1 of %2 has changed.").arg(text(member.member), text(member.object)));
}

void Walk::toStart() { moveTo(0, true); }
void Walk::toEnd() {
  if (m_playhead) moveTo(journal().size(), true);
}
void Walk::toNextCall(const QString& name, bool forward) {
  if (!m_playhead) return;
  const FunctionInfo* f = functionNamed(journal(), name.toStdString());
  if (!f) {
    emit boundaryReached(tr("This kernel has no function named %1.").arg(name));
    return;
  }
  const EventIndex to = nextCall(journal(), position(), f->id, forward);
  if (to == position()) emit boundaryReached(tr("%1 is not called again in that direction.").arg(name));
  else moveTo(to, true);
}
void Walk::toNextWrite(quint32 offset, quint32 size, bool forward) {
  if (!m_playhead) return;
  const EventIndex to = nextWrite(journal(), position(), offset, size, forward);
  if (to == position()) emit boundaryReached(tr("Nobody writes there in that direction."));
  else moveTo(to, true);
}
void Walk::toStimulus(int index) {
  if (m_playhead && index >= 0 && index < int(journal().stimuli().size()))
    moveTo(journal().stimuli()[index].event + 1, true);
}
void Walk::nextStimulus() {
  if (m_playhead) toStimulus(journal().stimulusAt(position() ? position() - 1 : 0) + 1);
}
void Walk::previousStimulus() {
  if (m_playhead && position()) toStimulus(std::max(0, journal().stimulusAt(position() - 1) - 1));
}

} // namespace sockwalk
