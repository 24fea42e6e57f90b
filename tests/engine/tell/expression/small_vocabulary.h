// A vocabulary of a few names of every type, and an item that has what a test gives it.
#pragma once
#include "engine/tell/expression/expression.h"
#include <map>

namespace sockwalk::tell::expression {

class SmallVocabulary final : public Vocabulary {
public:
  std::optional<Name> find(std::string_view word) const override {
    for (const Name& name : names())
      if (name.word == word) return name;
    return {};
  }
  std::vector<Name> names() const override {
    const std::pair<const char*, Type> all[] = {
        {"tcp", Type::Presence},     {"tcp.port", Type::Number}, {"tcp.srcport", Type::Number},
        {"tcp.flags", Type::Number}, {"tcp.syn", Type::Flag},    {"ip.addr", Type::Address},
        {"eth.src", Type::Mac},      {"time", Type::Time},       {"device", Type::Text},
        {"frame", Type::Bytes},      {"outcome", Type::Named},   {"sk.sk_state", Type::Number}};
    std::vector<Name> out;
    for (const auto& [word, type] : all) out.push_back({word, type, say("about it"), false, u32(out.size()), 0});
    out.push_back({"count", Type::Number, {}, true, u32(out.size()), 0});
    return out;
  }
  std::vector<Constant> constants(const Name& name) const override {
    if (name.word == "outcome") return {{"delivered", 1}, {"dropped", 2}, {"in", 3}};
    if (name.word == "tcp.flags") return {{"SYN", 2}, {"ACK", 16}};
    if (name.word == "sk.sk_state") return {{"TCP_ESTABLISHED", 1}, {"ESTABLISHED", 1}, {"TCP_LISTEN", 10}};
    return {};
  }
  std::vector<Constant> arguments(const Name& name) const override {
    if (name.word == "count") return {{"retransmit", 7}, {"rto", 8}};
    return {};
  }
};

struct SmallItem final : Item {
  std::map<std::string, std::vector<s64>> numbers;
  std::map<std::string, std::vector<std::string>> texts;
  void values(const Name& name, Values& out) const override {
    const std::string key = name.takes ? name.word + std::to_string(name.argument) : name.word;
    if (const auto it = numbers.find(key); it != numbers.end())
      for (const s64 n : it->second) out.push_back({n, {}});
    if (const auto it = texts.find(key); it != texts.end())
      for (const std::string& t : it->second) out.push_back({0, t});
  }
};

} // namespace sockwalk::tell::expression
