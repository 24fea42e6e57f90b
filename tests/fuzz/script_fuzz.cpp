#include "engine/scenario/describe.h"
#include "engine/scenario/parser.h"
#include "tests/fuzz/frame_fuzz.h"

namespace sockwalk {

std::string parseHostileScript(const std::string& text) {
  const auto script = scenario::parseScript(text, "hostile");
  if (!script) return script.error().what.empty() ? "an error without words" : "";
  const std::string printed = scenario::describe(*script);
  const auto again = scenario::parseScript(printed, "printed");
  if (!again) return "what was printed does not parse: " + again.error().message + "\n" + printed;
  return *again == *script ? "" : "what was printed parses to something else:\n" + printed;
}

} // namespace sockwalk
