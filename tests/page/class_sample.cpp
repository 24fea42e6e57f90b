// A class without a window, for a browser to follow: says its address, then does what its lines say:
// "at 77", "ask", "reveal", "taken" (answered with the counts), "end".
#include "app/page_export.h"
#include "engine/share/class_server.h"
#include <iostream>

using namespace sockwalk;

int main(int count, char** words) {
  auto session = scenario::Session::openFile(count > 1 ? words[1] : "", {});
  if (!session) return std::cerr << session.error().message << '\n', 2;
  (*session)->runAll();
  const auto page = classPage(**session, "class", {});
  if (!page) return std::cerr << page.error().message << '\n', 2;
  auto server = share::ClassServer::open({"127.0.0.1", 0}, {"class", *page, ""});
  if (!server) return std::cerr << server.error().message << '\n', 2;
  std::cout << (*server)->addresses().front() << std::endl;
  share::RoomState state;
  for (std::string line; std::getline(std::cin, line) && line != "end"; (*server)->publish(state)) {
    if (line.starts_with("at ")) state.position = std::stoull(line.substr(3));
    if (line == "ask") state.question = share::AskedQuestion{1, "How long?", {"5", "13"}, -1, ""};
    if (line == "reveal") state.question = share::AskedQuestion{1, "How long?", {"5", "13"}, 1, "13"};
    if (line != "taken") continue;
    for (const int taken : (*server)->taken()) std::cout << taken << ' ';
    std::cout << std::endl;
  }
}
