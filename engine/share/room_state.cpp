#include "engine/share/room_state.h"
#include <nlohmann/json.hpp>

namespace sockwalk::share {

namespace {

using nlohmann::json;
constexpr std::size_t MostText = 4096, MostChoices = 16;

json toJson(const AskedQuestion& q) {
  return {{"id", q.id}, {"text", q.text}, {"choices", q.choices}, {"right", q.right}, {"answer", q.answer}};
}

// Members of a stranger's object, each of the type that it must have.
class Reader {
public:
  explicit Reader(const json& from) : m_from(from) {}
  bool good() const { return m_good; }
  std::string text(const char* name) {
    const json* value = find(name, [](const json& v) { return v.is_string(); });
    if (!value || value->get_ref<const std::string&>().size() > MostText) return m_good = false, "";
    return *value;
  }
  s64 number(const char* name, s64 least, s64 most) {
    const json* value = find(name, [](const json& v) { return v.is_number_integer(); });
    if (!value) return m_good = false, least;
    if (value->is_number_unsigned() && value->get<u64>() > u64(most)) return m_good = false, least;
    const s64 number = value->get<s64>();
    if (number < least || number > most) m_good = false;
    return number;
  }
  std::vector<std::string> texts(const char* name) {
    const json* value = find(name, [](const json& v) { return v.is_array(); });
    std::vector<std::string> out;
    if (!value || value->size() > MostChoices) return m_good = false, out;
    for (const json& text : *value)
      if (text.is_string() && text.get_ref<const std::string&>().size() <= MostText) out.push_back(text);
      else m_good = false;
    return out;
  }

private:
  template <class Is> const json* find(const char* name, Is is) {
    const auto found = m_from.find(name);
    return found != m_from.end() && is(*found) ? &*found : nullptr;
  }
  const json& m_from;
  bool m_good = true;
};

} // namespace

std::string toLine(const RoomState& state) {
  json out{{"position", state.position}, {"view", state.view}};
  if (state.question) out["question"] = toJson(*state.question);
  return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<RoomState> fromLine(std::string_view line) {
  const Error strange{"the other end does not speak as a shared walk does"};
  const json from = json::parse(line, nullptr, false);
  if (!from.is_object()) return strange;
  Reader reader(from);
  RoomState state{
      .position = u64(reader.number("position", 0, 1LL << 52)), .view = reader.text("view"), .question = {}};
  if (const auto asked = from.find("question"); asked != from.end()) {
    if (!asked->is_object()) return strange;
    Reader question(*asked);
    state.question = AskedQuestion{.id = int(question.number("id", 0, 1 << 30)),
                                   .text = question.text("text"),
                                   .choices = question.texts("choices"),
                                   .right = int(question.number("right", -1, s64(MostChoices))),
                                   .answer = question.text("answer")};
    if (!question.good()) return strange;
  }
  if (!reader.good()) return strange;
  return state;
}

} // namespace sockwalk::share
