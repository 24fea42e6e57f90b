#include "engine/tell/lessons/lab_run.h"
#include "engine/tell/lessons/goal.h"
#include "engine/tell/lessons/lesson_check.h"
#include "engine/tell/messages.h"

namespace sockwalk::tell {

LabOutcome tryLab(const Lab& lab, const std::string& script) {
  LabOutcome out;
  out.partial.resize(lab.partial.size());
  auto opened = scenario::Session::open({scenario::ScriptStimulus{"lab.pkt", script}});
  const auto session = opened ? toEnd(std::move(*opened), "lab.pkt") : std::move(opened);
  if (!session) {
    out.trouble = spokenMessage(session.error().message);
    return out;
  }
  for (size_t i = 0; i < lab.partial.size(); ++i) out.partial[i] = isReached(**session, lab.partial[i].text);
  out.reached = isReached(**session, lab.goal.text);
  return out;
}

} // namespace sockwalk::tell
