// What each kind of line in a script does. A visitor of Event::action; what cannot be done is thrown as PlayError, and a
// place of 1:1 in it means that of the event.
#pragma once
#include "engine/scenario/script_player.h"

namespace sockwalk::scenario {

class ScriptActions {
public:
  ScriptActions(ScriptPlayer& player, const Event& event) : m_player(player), m_event(event) {}

  void operator()(const SystemCall& call);
  void operator()(const Packet& packet);
  void operator()(const Frame& frame);
  void operator()(const Command& command);
  void operator()(const Code& code);
  void operator()(const CaseMark& mark);
  void operator()(const NoteMark&) {} // for who reads the script beside the walk
  void operator()(const LimitChange& change);
  void operator()(const FailureOrder& order);
  void operator()(const CapabilityChange& change);
  void operator()(const TaskSwitch& change);
  void operator()(const SignalSend& send);
  void operator()(const PeerService& service);
  void operator()(const Idle& idle);

private:
  void begin(); // of what moves the machine: its time comes, and the case before it is over
  Stage& stage() { return m_player.m_context.stage; }

  ScriptPlayer& m_player;
  const Event& m_event;
};

} // namespace sockwalk::scenario
