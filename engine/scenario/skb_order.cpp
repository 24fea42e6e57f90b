#include "engine/scenario/skb_order.h"
#include "engine/kernel/kernel/kprobes.h"
#include "engine/scenario/parser.h"
#include "engine/scenario/play_error.h"
#include <cerrno>
#include <sstream>

namespace sockwalk::scenario {

bool isSkbOrder(const std::string& command) { return command == "skb" || command.starts_with("skb "); }

// Headers are pushed and trailers put where a device gets the packet; they are pulled where IP does.
static std::string usualFunction(kernel::SkbCall what) {
  return what == kernel::SkbCall::Pull ? "ip_rcv_core" : "dev_hard_start_xmit";
}

// The words are those of the directive, and are read as it is.
static std::string asWritten(const std::string& command) {
  const auto script = parseScript("//@" + command, "skb");
  if (!script) throw PlayError{{}, script.error().what};
  const auto* written = script->events.size() == 1 ? std::get_if<Command>(&script->events[0].action) : nullptr;
  if (!written) throw PlayError{{}, "expected skb push, put or pull, and how many bytes"};
  return written->text;
}

void orderSkbCall(const std::string& command, Stage& stage) {
  std::istringstream words(asWritten(command));
  std::string skb, call, name;
  u32 length = 0;
  words >> skb >> call >> length >> name;
  const kernel::SkbCall what = call == "push"  ? kernel::SkbCall::Push
                               : call == "put" ? kernel::SkbCall::Put
                                               : kernel::SkbCall::Pull;
  if (name.empty()) name = usualFunction(what);
  const FunctionInfo* function = Symbols::get().functionNamed(name);
  if (!function) throw PlayError{{}, "this kernel has no function " + name + "()"};
  int result = 0;
  stage.machine.interrupt("skb " + call + " " + std::to_string(length) + " in " + name + "()",
                          [&] { result = register_kprobe(*function, what, length); });
  if (result == -EINVAL) throw PlayError{{}, name + "() is handed no sk_buff"};
  if (result == -EBUSY) throw PlayError{{}, "the skb call that was ordered before still waits for its sk_buff"};
}

bool skbOrderWaits(Stage& stage) {
  const kernel::EnterMachine enter(stage.machine);
  return kernel::kprobeWaits();
}

} // namespace sockwalk::scenario
