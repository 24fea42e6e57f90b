#include "engine/tell/page/page_texts.h"
#include <algorithm>

namespace sockwalk::tell {

int PageTexts::of(const Text& text) {
  if (text.empty()) return -1;
  std::vector<std::string> all;
  for (const PageLanguage& language : m_languages)
    all.push_back(language.translate ? said(text, language.translate) : english(text));
  return each(std::move(all));
}

int PageTexts::each(std::vector<std::string> said) {
  if (std::ranges::all_of(said, &std::string::empty)) return -1;
  nlohmann::json all = std::move(said);
  const auto [known, fresh] = m_known.try_emplace(all.dump(), int(m_said.size()));
  if (fresh) m_said.push_back(std::move(all));
  return known->second;
}

} // namespace sockwalk::tell
