// The walk of the other kernel: played beside the window's own, a slice at a time, so that the window never waits for it.
#pragma once
#include "engine/tell/eras/other_era.h"
#include <memory>
#include <QObject>
#include <QTimer>

namespace sockwalk {

class Walk;

class OtherWalk final : public QObject {
  Q_OBJECT
public:
  explicit OtherWalk(Walk& walk, QObject* parent = nullptr);
  void forget(); // another session is open
  void keepUp(); // plays what is open, if it is not what was played
  const tell::ErasOfWalk* both() const { return m_both ? &*m_both : nullptr; } // nullptr: not yet, or refused
  const std::string& refusal() const { return m_refusal; } // why the other kernel takes no such walk
  int version() const { return m_version; }                // another one: the above has changed

signals:
  void played();

private:
  void playSlice();

  Walk& m_walk;
  std::unique_ptr<scenario::Session> m_other;
  size_t m_stimuli = 0; // of the open walk, that were played
  std::optional<tell::ErasOfWalk> m_both;
  std::string m_refusal;
  int m_version = 0;
  QTimer m_timer;
};

} // namespace sockwalk
