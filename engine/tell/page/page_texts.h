// The sentences of a page, each kept once, in all of its languages.
#pragma once
#include "engine/tell/page/walk_page.h"
#include <unordered_map>

namespace sockwalk::tell {

class PageTexts {
public:
  explicit PageTexts(const std::vector<PageLanguage>& languages) : m_languages(languages) {}
  int of(const Text& text);                // -1 of an empty one
  int each(std::vector<std::string> said); // in each language; -1 of nothing in all
  nlohmann::json json() const { return m_said; }

private:
  const std::vector<PageLanguage>& m_languages;
  nlohmann::json m_said = nlohmann::json::array();
  std::unordered_map<std::string, int> m_known; // by all that is said
};

// Values of which many are the same: each is kept once.
class PageValues {
public:
  int of(nlohmann::json value) {
    const auto [known, fresh] = m_known.try_emplace(value.dump(), int(m_values.size()));
    if (fresh) m_values.push_back(std::move(value));
    return known->second;
  }
  nlohmann::json json() const { return m_values; }

private:
  nlohmann::json m_values = nlohmann::json::array();
  std::unordered_map<std::string, int> m_known;
};

} // namespace sockwalk::tell
