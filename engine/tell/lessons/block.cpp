#include "engine/tell/lessons/block.h"
#include "engine/base/nearest.h"
#include "engine/base/whole_number.h"
#include <set>
#include <yaml-cpp/yaml.h>

namespace sockwalk::tell {

Written Block::value(const std::string& key) const {
  const auto found = entries.find(key);
  if (found == entries.end() || found->second.values.empty()) return {"", spot};
  return found->second.values.front();
}
std::vector<Written> Block::values(const std::string& key) const {
  const auto found = entries.find(key);
  return found == entries.end() ? std::vector<Written>() : found->second.values;
}
std::vector<std::pair<Written, Written>> Block::pairs(const std::string& key) const {
  const auto found = entries.find(key);
  return found == entries.end() ? std::vector<std::pair<Written, Written>>() : found->second.pairs;
}

namespace {

class BlockReader {
public:
  BlockReader(Block& block, int first, bool translation, Problems& problems)
      : m_block(block), m_first(first), m_translation(translation), m_problems(problems) {}

  void read(const std::string& text) {
    m_text = text;
    YAML::Node all;
    if (!load(text, all)) return;
    if (!all.IsMap()) {
      if (!all.IsNull()) wrong(all, say("'key: value' was expected here"), say("a line for each key"));
    } else
      for (const auto& entry : all) key(entry.first, entry.second);
    if (!m_translation) needed();
  }

private:
  Spot spot(const YAML::Mark& mark) const { return {m_first + std::max(0, mark.line), std::max(0, mark.column) + 1}; }
  void wrong(const YAML::Node& at, Text what, Text remedy) {
    m_problems.add(spot(at.Mark()), std::move(what), std::move(remedy));
  }

  bool load(const std::string& text, YAML::Node& out) {
    try {
      out = YAML::Load(text);
      return true;
    } catch (const YAML::Exception& e) {
      const bool formula = text.find(": {{") != text.npos;
      m_problems.add(spot(e.mark), say("this is not YAML: %1", e.msg),
                     formula ? say("what begins with {{ stands in quotation marks: \"{{...}}\"")
                             : say("put words with ':', '#' or brackets in quotation marks"));
      return false;
    }
  }

  void key(const YAML::Node& name, const YAML::Node& value) {
    if (!name.IsScalar()) return wrong(name, say("a key is a word"), say("write 'key: value'"));
    const std::string& word = name.Scalar();
    const KeyRule* const rule = keyNamed(m_block.kind, word);
    if (!rule) return unknown(name);
    m_key = name.Mark();
    if (m_block.has(word)) return wrong(name, say("'%1:' stands twice here", word), say("leave one of them out"));
    BlockEntry entry{spot(name.Mark()), {}, {}};
    if (isPairs(rule->form) ? pairs(*rule, value, entry) : values(*rule, value, entry))
      m_block.entries.emplace(word, std::move(entry));
    else m_meant.insert(word);
  }

  void unknown(const YAML::Node& name) {
    std::vector<std::string> known;
    for (const KeyRule* rule : keysOf(m_block.kind)) known.emplace_back(rule->key);
    m_meant.insert(nearest(name.Scalar(), known));
    wrong(name, say("'%1:' means nothing in a block '%2'", name.Scalar(), nameOf(m_block.kind)),
          nearestOf(name.Scalar(), known));
  }

  // In YAML, NULL without quotation marks is nothing; in the kernel it is a value.
  bool isKernelsNull(const YAML::Node& value) const {
    const auto at = static_cast<size_t>(std::max(0, value.Mark().pos));
    return value.IsNull() && value.Mark().pos > 0 && m_text.compare(std::min(at, m_text.size()), 4, "NULL") == 0;
  }

  bool one(const KeyRule& rule, const YAML::Node& value, std::vector<Written>& into) {
    if (isKernelsNull(value)) return into.push_back({"NULL", spot(value.Mark())}), true;
    if (!value.IsNull() && value.Mark().pos < m_key.pos) { // an alias has the place of what it stands for
      m_problems.add(spot(m_key), say("'%1:' refers to what stands elsewhere", rule.key), say("write it out here"));
      return false;
    }
    if (value.IsScalar() && !value.Scalar().empty()) return into.push_back({value.Scalar(), spot(value.Mark())}), true;
    const Text example = say("for example '%1: %2'", rule.key, rule.example);
    if (value.IsNull() || value.IsScalar()) wrong(value, say("nothing stands behind '%1:'", rule.key), example);
    else wrong(value, say("one value was expected behind '%1:'", rule.key), example);
    return false;
  }

  bool values(const KeyRule& rule, const YAML::Node& value, BlockEntry& entry) {
    if (!isList(rule.form) || !value.IsSequence()) return one(rule, value, entry.values);
    bool good = true;
    for (const YAML::Node& item : value) good &= one(rule, item, entry.values);
    if (entry.values.empty() && good) return one(rule, YAML::Node(), entry.values);
    return good;
  }

  bool pairs(const KeyRule& rule, const YAML::Node& value, BlockEntry& entry) {
    if (!value.IsMap()) {
      wrong(value, say("pairs were expected behind '%1:'", rule.key),
            say("for example '%1: %2'", rule.key, rule.example));
      return false;
    }
    for (const auto& pair : value) {
      std::vector<Written> both;
      if (!one(rule, pair.first, both) || !one(rule, pair.second, both)) return false;
      entry.pairs.emplace_back(both[0], both[1]);
    }
    return true;
  }

  void needed() {
    for (const KeyRule* rule : keysOf(m_block.kind))
      if (rule->needed && !m_block.has(rule->key) && !m_meant.contains(rule->key))
        m_problems.add(m_block.spot, say("a block '%1' needs '%2:'", nameOf(m_block.kind), rule->key),
                       say("for example '%1: %2'", rule->key, rule->example));
  }
  Block& m_block;
  int m_first;
  std::string m_text;
  YAML::Mark m_key; // that is being read
  bool m_translation;
  std::set<std::string> m_meant; // keys that stand there, and are wrong: that has been told
  Problems& m_problems;
};

} // namespace

Block readBlock(BlockKind kind, const std::string& yaml, Spot spot, int first, bool translation, Problems& problems) {
  Block block{kind, spot};
  BlockReader(block, first, translation, problems).read(yaml);
  return block;
}

int numberOf(const Written& written, int missing, Problems& problems) {
  if (written.text.empty()) return missing;
  const auto value = wholeNumber<int>(written.text);
  if (value && *value >= 0 && *value <= 10'000) return *value;
  problems.add(written.spot, say("'%1' is no number from 0 to 10000", written.text), say("write it in digits"));
  return missing;
}

} // namespace sockwalk::tell
