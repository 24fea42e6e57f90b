#include "engine/share/class_follower.h"
#include <atomic>
#include <charconv>
#include <condition_variable>
#include <httplib.h>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

namespace sockwalk::share {

namespace {

constexpr std::size_t MostLine = 64 * 1024, MostSession = 256 * 1024 * 1024;
constexpr auto FirstPause = std::chrono::milliseconds(200), LastPause = std::chrono::milliseconds(3000);

bool allDigits(std::string_view text) { return !text.empty() && text.find_first_not_of("0123456789") == text.npos; }

// Cuts an event stream into its events.
class EventReader {
public:
  using Event = std::function<bool(const std::string& name, const std::string& data)>;
  explicit EventReader(Event event) : m_event(std::move(event)) {}
  bool read(const char* bytes, std::size_t size) { // false: enough, or nonsense
    m_rest.append(bytes, size);
    for (std::size_t end; (end = m_rest.find('\n')) != m_rest.npos; m_rest.erase(0, end + 1))
      if (!line(m_rest.substr(0, end))) return false;
    return m_rest.size() <= MostLine;
  }

private:
  bool line(const std::string& text) {
    if (text.starts_with("event: ")) m_name = text.substr(7);
    else if (text.starts_with("data: ")) m_data = text.substr(6);
    else if (text.empty() && !m_data.empty()) return m_event(std::exchange(m_name, ""), std::exchange(m_data, ""));
    return true;
  }
  Event m_event;
  std::string m_rest, m_name, m_data;
};

} // namespace

Result<ClassAddress> classAddress(std::string_view typed) {
  const Error wrong{"'" + std::string(typed) + "' is no address of a class: it looks like 192.168.1.5:7420/482913"};
  while (!typed.empty() && (typed.back() == '/' || typed.back() == ' ')) typed.remove_suffix(1);
  while (!typed.empty() && typed.front() == ' ') typed.remove_prefix(1);
  if (typed.starts_with("http://")) typed.remove_prefix(7);
  const std::size_t colon = typed.find(':'), slash = typed.find('/');
  if (colon == typed.npos || slash == typed.npos || colon == 0 || colon > slash) return wrong;
  const std::string_view port = typed.substr(colon + 1, slash - colon - 1), code = typed.substr(slash + 1);
  ClassAddress out{std::string(typed.substr(0, colon)), std::string(code), 0};
  const bool hostGood = out.host.find_first_not_of(
                            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-") == std::string::npos;
  if (!hostGood || !allDigits(port) || port.size() > 5 || !allDigits(code) || code.size() != 6) return wrong;
  std::from_chars(port.data(), port.data() + port.size(), out.port);
  if (out.port < 1 || out.port > 65535) return wrong;
  return out;
}

struct ClassFollower::Line {
  explicit Line(ClassAddress to) : address(std::move(to)) {}
  const ClassAddress address;
  Heard heard;
  std::thread thread;
  std::mutex mutex;
  std::condition_variable stopping;
  bool stopped = false, ended = false;
  std::string ticket;
  httplib::Client* open = nullptr; // while it streams

  std::string path(const char* what) const { return "/" + address.code + "/" + what; }
  void run();
  bool follow();
  bool event(const std::string& name, const std::string& data);
};

bool ClassFollower::Line::event(const std::string& name, const std::string& data) {
  {
    const std::lock_guard lock(mutex);
    if (stopped) return false;
    if (name == "hello") return ticket = data.substr(0, 64), true;
    if (name == "bye") return ended = true, false;
  }
  const auto state = fromLine(data);
  if (state && heard.state) heard.state(*state);
  return state.ok();
}

// Until the stream breaks. true: something was heard.
bool ClassFollower::Line::follow() {
  httplib::Client client(address.host, address.port);
  client.set_connection_timeout(3);
  client.set_read_timeout(10); // a heartbeat comes every two seconds
  {
    const std::lock_guard lock(mutex);
    if (stopped) return false;
    open = &client;
  }
  bool there = false;
  EventReader reader([this](const std::string& name, const std::string& data) { return event(name, data); });
  client.Get(
      path("follow"),
      [&](const httplib::Response& response) {
        there = response.status == 200;
        if (response.status == 404) { // this class is over; another has another code
          const std::lock_guard lock(mutex);
          ended = true;
        }
        if (there && heard.connection) heard.connection(true);
        return there;
      },
      [&](const char* bytes, size_t size) { return reader.read(bytes, size); });
  const std::lock_guard lock(mutex);
  open = nullptr;
  return there;
}

void ClassFollower::Line::run() {
  auto pause = FirstPause;
  for (;;) {
    const bool heardIt = follow();
    std::unique_lock lock(mutex);
    if (ended && heard.end) {
      lock.unlock();
      return heard.end();
    }
    if (stopped) return;
    if (heardIt && heard.connection) {
      lock.unlock();
      heard.connection(false);
      lock.lock();
    }
    pause = heardIt ? FirstPause : std::min(LastPause, pause * 2);
    if (stopping.wait_for(lock, pause, [this] { return stopped; })) return;
  }
}

ClassFollower::ClassFollower(ClassAddress address) : m_line(std::make_unique<Line>(std::move(address))) {}
ClassFollower::~ClassFollower() { stop(); }

Result<std::string> ClassFollower::fetchSession() {
  httplib::Client client(m_line->address.host, m_line->address.port);
  client.set_connection_timeout(5);
  client.set_read_timeout(20);
  std::string bytes;
  int status = 0;
  const auto answer = client.Get(
      m_line->path("session"), [&](const httplib::Response& r) { return (status = r.status) == 200; },
      [&](const char* data, size_t size) {
        bytes.append(data, size);
        return bytes.size() <= MostSession;
      });
  if (status == 404)
    return Error{"there is no class with the code " + m_line->address.code + " at " + m_line->address.host};
  if (status == 429) return Error{"too many wrong codes came from here: wait a minute"};
  if (!answer || status != 200)
    return Error{m_line->address.host + ":" + std::to_string(m_line->address.port) +
                 " does not answer as a class does"};
  return bytes;
}

void ClassFollower::start(Heard heard) {
  m_line->heard = std::move(heard);
  m_line->thread = std::thread([line = m_line.get()] { line->run(); });
}

void ClassFollower::stop() {
  {
    const std::lock_guard lock(m_line->mutex);
    m_line->stopped = true;
    if (m_line->open) m_line->open->stop();
  }
  m_line->stopping.notify_all();
  if (m_line->thread.joinable()) m_line->thread.join();
}

Result<void> ClassFollower::answer(int question, int choice) {
  std::string ticket;
  {
    const std::lock_guard lock(m_line->mutex);
    ticket = m_line->ticket;
  }
  httplib::Client client(m_line->address.host, m_line->address.port);
  client.set_connection_timeout(3);
  const nlohmann::json body{{"ticket", ticket}, {"question", question}, {"choice", choice}};
  const auto answer = client.Post(m_line->path("answer"), body.dump(), "application/json");
  if (!answer) return Error{"the teacher's machine does not answer"};
  if (answer->status != 200) return Error{"this question is not open any more"};
  return {};
}

} // namespace sockwalk::share
