#include "engine/tell/page/page_texts.h"

namespace sockwalk::tell {

int PageTexts::of(const Text& text) {
  if (text.empty()) return -1;
  nlohmann::json all = nlohmann::json::array();
  for (const PageLanguage& language : m_languages)
    all.push_back(language.translate ? said(text, language.translate) : english(text));
  const auto [known, fresh] = m_known.try_emplace(all.dump(), int(m_said.size()));
  if (fresh) m_said.push_back(std::move(all));
  return known->second;
}

} // namespace sockwalk::tell
