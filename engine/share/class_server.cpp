#include "engine/share/class_server.h"
#include "engine/share/landing.h"
#include <arpa/inet.h>
#include <condition_variable>
#include <httplib.h>
#include <ifaddrs.h>
#include <map>
#include <mutex>
#include <net/if.h>
#include <nlohmann/json.hpp>
#include <random>
#include <thread>

namespace sockwalk::share {

namespace {

constexpr int MostFollowers = 120;                  // each keeps a thread
constexpr std::size_t MostBody = 4096;              // of what is posted
constexpr int MostGuesses = 50;                     // of the code, by one address in a minute
constexpr auto Heartbeat = std::chrono::seconds(2); // so that who is gone is noticed
constexpr auto Farewell = std::chrono::seconds(2);  // for who is slow to take the last word

std::string randomDigits(int count) {
  std::random_device dice;
  std::string out;
  for (int i = 0; i < count; ++i) out += char('0' + std::uniform_int_distribution(i ? 0 : 1, 9)(dice));
  return out;
}

// How often a wrong code came from where, in this minute.
class Guesses {
public:
  bool tooMany(const std::string& from) {
    const std::lock_guard lock(m_mutex);
    const auto now = std::chrono::steady_clock::now();
    if (now - m_since > std::chrono::minutes(1)) m_count.clear(), m_since = now;
    if (m_count.size() > 1000 && !m_count.contains(from)) return true;
    return ++m_count[from] > MostGuesses;
  }

private:
  std::mutex m_mutex;
  std::chrono::steady_clock::time_point m_since = std::chrono::steady_clock::now();
  std::map<std::string, int> m_count;
};

std::vector<std::string> ownAddresses() {
  std::vector<std::string> out;
  ifaddrs* all = nullptr;
  if (getifaddrs(&all)) return out;
  for (const ifaddrs* one = all; one; one = one->ifa_next) {
    if (!one->ifa_addr || one->ifa_addr->sa_family != AF_INET || (one->ifa_flags & IFF_LOOPBACK)) continue;
    char text[INET_ADDRSTRLEN] = "";
    const auto* address = reinterpret_cast<const sockaddr_in*>(one->ifa_addr);
    if (inet_ntop(AF_INET, &address->sin_addr, text, sizeof text)) out.emplace_back(text);
  }
  freeifaddrs(all);
  return out;
}

} // namespace

struct ClassServer::Room {
  const Handout handout;
  const std::string code = randomDigits(6);
  ClassPlace place;

  httplib::Server server;
  std::thread thread;
  Guesses guesses;

  mutable std::mutex mutex;
  std::condition_variable news;
  RoomState state;
  u64 number = 1; // of the state
  bool closed = false;
  std::map<std::string, int> tickets; // of those who follow: the choice that each has taken, -1

  explicit Room(Handout given) : handout(std::move(given)) {}

  void route();
  void follow(httplib::Response& response);
  bool tell(const std::string& ticket, u64& told, httplib::DataSink& sink);
  void answer(const httplib::Request& request, httplib::Response& response);
};

void ClassServer::Room::route() {
  using httplib::Request;
  using httplib::Response;
  server.new_task_queue = [] { return new httplib::ThreadPool(MostFollowers + 8); };
  server.set_payload_max_length(MostBody);
  server.set_socket_options([](socket_t socket) { // a port that another program has is not to be shared with it
    const int yes = 1;
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  });
  server.set_read_timeout(2);
  server.set_write_timeout(5);
  server.set_keep_alive_max_count(100);
  server.set_keep_alive_timeout(1);
  server.Get("/", [](const Request&, Response& r) { r.set_content(landingPage(), "text/html; charset=utf-8"); });
  server.Get("/" + code, [this](const Request&, Response& r) { r.set_redirect("/" + code + "/"); });
  server.Get("/" + code + "/", [this](const Request&, Response& r) {
    r.set_content(handout.page.empty() ? tooLongPage() : handout.page, "text/html; charset=utf-8");
  });
  server.Get("/" + code + "/session",
             [this](const Request&, Response& r) { r.set_content(handout.session, "application/octet-stream"); });
  server.Get("/" + code + "/follow", [this](const Request&, Response& r) { follow(r); });
  server.Post("/" + code + "/answer", [this](const Request& q, Response& r) { answer(q, r); });
  server.set_error_handler([this](const Request& q, Response& r) {
    if (r.status == 404 && guesses.tooMany(q.remote_addr)) r.status = 429;
    if (r.body.empty()) r.set_content("There is no such walk here: is the code right?\n", "text/plain; charset=utf-8");
  });
}

void ClassServer::Room::follow(httplib::Response& response) {
  const std::string ticket = randomDigits(18);
  {
    const std::lock_guard lock(mutex);
    if (closed || tickets.size() >= MostFollowers) {
      response.status = 503;
      response.set_content("The room is full.\n", "text/plain");
      return;
    }
    tickets[ticket] = -1;
  }
  response.set_header("Cache-Control", "no-store");
  response.set_chunked_content_provider(
      "text/event-stream",
      [this, ticket, told = u64(0)](size_t, httplib::DataSink& sink) mutable { return tell(ticket, told, sink); },
      [this, ticket](bool) {
        const std::lock_guard lock(mutex);
        tickets.erase(ticket);
        news.notify_all();
      });
}

// One piece of the stream: what is new, or, after a while without news, a comment.
bool ClassServer::Room::tell(const std::string& ticket, u64& told, httplib::DataSink& sink) {
  std::string piece;
  bool last = false;
  {
    std::unique_lock lock(mutex);
    news.wait_for(lock, Heartbeat, [&] { return closed || number != told; });
    if ((last = closed)) piece = "event: bye\ndata: bye\n\n";
    else if (number == told) piece = ": still here\n\n";
    else {
      if (!told) piece = "event: hello\ndata: " + ticket + "\n\n";
      piece += "data: " + toLine(state) + "\n\n";
      told = number;
    }
  }
  if (!sink.write(piece.data(), piece.size())) return false;
  if (last) sink.done();
  return true;
}

void ClassServer::Room::answer(const httplib::Request& request, httplib::Response& response) {
  const auto body = nlohmann::json::parse(request.body, nullptr, false);
  const auto number_ = [&](const char* name) {
    return body.is_object() && body.contains(name) && body[name].is_number_integer() ? body[name].get<s64>() : -1;
  };
  const bool named = body.is_object() && body.contains("ticket") && body["ticket"].is_string();
  const std::string ticket = named ? body["ticket"].get<std::string>() : "";
  const std::lock_guard lock(mutex);
  const auto follower = tickets.find(ticket);
  const bool open = state.question && state.question->answer.empty() && number_("question") == state.question->id;
  const s64 choice = number_("choice");
  if (follower == tickets.end() || !open || choice < 0 || choice >= s64(state.question->choices.size())) {
    response.status = 409;
    response.set_content("This question is not open.\n", "text/plain");
    return;
  }
  follower->second = int(choice);
  response.set_content("counted\n", "text/plain");
}

ClassServer::ClassServer(std::unique_ptr<Room> room) : m_room(std::move(room)) {}

Result<std::unique_ptr<ClassServer>> ClassServer::open(const ClassPlace& place, Handout handout) {
  auto room = std::make_unique<Room>(std::move(handout));
  room->place = place;
  room->route();
  if (!place.port) room->place.port = room->server.bind_to_any_port(place.address);
  else if (!room->server.bind_to_port(place.address, place.port)) room->place.port = -1;
  if (room->place.port < 0)
    return Error{"port " + std::to_string(place.port) + " of " + place.address +
                 " cannot be listened on: another program has it, or the address is not this machine's"};
  room->thread = std::thread([server = &room->server] { server->listen_after_bind(); });
  return std::unique_ptr<ClassServer>(new ClassServer(std::move(room)));
}

ClassServer::~ClassServer() {
  {
    std::unique_lock lock(m_room->mutex);
    m_room->closed = true;
    m_room->news.notify_all();
    m_room->news.wait_for(lock, Farewell, [this] { return m_room->tickets.empty(); }); // or some would hear no good-bye
  }
  while (!m_room->server.is_running()) std::this_thread::yield(); // it may not have begun to listen yet
  m_room->server.stop();
  m_room->thread.join();
}

void ClassServer::publish(const RoomState& state) {
  {
    const std::lock_guard lock(m_room->mutex);
    if (state == m_room->state) return;
    const auto id = [](const RoomState& s) { return s.question ? s.question->id : -1; };
    if (id(state) != id(m_room->state))
      for (auto& [ticket, choice] : m_room->tickets) choice = -1;
    m_room->state = state;
    ++m_room->number;
  }
  m_room->news.notify_all();
}

const std::string& ClassServer::code() const { return m_room->code; }
int ClassServer::port() const { return m_room->place.port; }

std::vector<std::string> ClassServer::addresses() const {
  const auto whole = [this](const std::string& host) {
    return "http://" + host + ":" + std::to_string(port()) + "/" + code() + "/";
  };
  if (m_room->place.address != "0.0.0.0") return {whole(m_room->place.address)};
  std::vector<std::string> out;
  for (const std::string& host : ownAddresses()) out.push_back(whole(host));
  if (out.empty()) out.push_back(whole("127.0.0.1"));
  return out;
}

int ClassServer::followers() const {
  const std::lock_guard lock(m_room->mutex);
  return int(m_room->tickets.size());
}

std::vector<int> ClassServer::taken() const {
  const std::lock_guard lock(m_room->mutex);
  std::vector<int> out(m_room->state.question ? m_room->state.question->choices.size() : 0);
  for (const auto& [ticket, choice] : m_room->tickets)
    if (choice >= 0 && size_t(choice) < out.size()) ++out[size_t(choice)];
  return out;
}

} // namespace sockwalk::share
