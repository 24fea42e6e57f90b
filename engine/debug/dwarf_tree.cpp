#include "engine/debug/dwarf_tree.h"
#include <map>

namespace sockwalk::debug {

void putBytes(std::string& out, u64 value, int bytes) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i));
}
void putUnsigned(std::string& out, u64 value) {
  do {
    const u8 low = value & 0x7f;
    value >>= 7;
    out += static_cast<char>(low | (value ? 0x80 : 0));
  } while (value);
}
void putSigned(std::string& out, s64 value) {
  for (bool more = true; more;) {
    const u8 low = value & 0x7f;
    value >>= 7;
    more = value != (low & 0x40 ? -1 : 0);
    out += static_cast<char>(low | (more ? 0x80 : 0));
  }
}
void putText(std::string& out, std::string_view text) { out.append(text) += '\0'; }

DwarfTree::DwarfTree() { m_entries.push_back({Tag::CompileUnit, {}, {}}); }

Die DwarfTree::add(Die parent, Tag tag) {
  const Die die = static_cast<Die>(m_entries.size());
  m_entries.push_back({tag, {}, {}});
  m_entries[parent].children.push_back(die);
  return die;
}
Die DwarfTree::add(Die parent, Tag tag, std::string_view name) {
  const Die die = add(parent, tag);
  text(die, At::Name, name);
  return die;
}

void DwarfTree::text(Die die, At attribute, std::string_view text) {
  m_entries[die].values.push_back({attribute, Form::Text, 0, std::string(text)});
}
void DwarfTree::number(Die die, At attribute, u64 number) {
  m_entries[die].values.push_back({attribute, Form::Unsigned, number, {}});
}
void DwarfTree::signedNumber(Die die, At attribute, s64 number) {
  m_entries[die].values.push_back({attribute, Form::Signed, static_cast<u64>(number), {}});
}
void DwarfTree::flag(Die die, At attribute) { m_entries[die].values.push_back({attribute, Form::Present, 0, {}}); }
void DwarfTree::type(Die die, Die target) {
  if (target != VoidType) m_entries[die].values.push_back({At::Type, Form::Reference, target, {}});
}
void DwarfTree::address(Die die, At attribute, u64 address) {
  m_entries[die].values.push_back({attribute, Form::Address, address, {}});
}
void DwarfTree::offset(Die die, At attribute, u32 inSection) {
  m_entries[die].values.push_back({attribute, Form::Offset, inSection, {}});
}
void DwarfTree::expression(Die die, At attribute, std::string bytes) {
  m_entries[die].values.push_back({attribute, Form::Expression, 0, std::move(bytes)});
}

// Entries in the order of the tree. A reference to one that is not written yet is filled at the end.
class DwarfWriter {
public:
  explicit DwarfWriter(const DwarfTree& tree) : m_tree(tree), m_places(tree.m_entries.size()) {}

  DwarfTree::Sections written() {
    std::string& info = m_out.info;
    putBytes(info, 0, 4); // its length, known at the end
    putBytes(info, 4, 2); // the version of DWARF
    putBytes(info, 0, 4); // where its abbreviations begin
    putBytes(info, 8, 1); // bytes of an address
    entry(UnitDie);
    for (const auto& [at, target] : m_references) fill(at, m_places[target]);
    fill(0, static_cast<u32>(info.size() - 4));
    m_out.abbreviations += '\0';
    return std::move(m_out);
  }

private:
  using Form = DwarfTree::Form;

  void fill(size_t at, u32 value) {
    std::string bytes;
    putBytes(bytes, value, 4);
    m_out.info.replace(at, 4, bytes);
  }

  // Entries of the same shape, tag and attributes, share an abbreviation.
  u32 abbreviation(const DwarfTree::Entry& entry) {
    std::string shape;
    putUnsigned(shape, static_cast<u16>(entry.tag));
    shape += entry.children.empty() ? '\0' : '\1';
    for (const DwarfTree::Value& value : entry.values) {
      putUnsigned(shape, static_cast<u16>(value.attribute));
      putUnsigned(shape, static_cast<u16>(value.form));
    }
    shape += std::string(2, '\0');
    const auto [known, isNew] = m_shapes.try_emplace(shape, static_cast<u32>(m_shapes.size() + 1));
    if (isNew) putUnsigned(m_out.abbreviations, known->second), m_out.abbreviations += shape;
    return known->second;
  }

  void entry(Die die) {
    const DwarfTree::Entry& entry = m_tree.m_entries[die];
    m_places[die] = static_cast<u32>(m_out.info.size());
    putUnsigned(m_out.info, abbreviation(entry));
    for (const DwarfTree::Value& value : entry.values) put(value);
    for (const Die child : entry.children) this->entry(child);
    if (!entry.children.empty()) m_out.info += '\0';
  }

  void put(const DwarfTree::Value& value) {
    std::string& info = m_out.info;
    switch (value.form) {
    case Form::Address: return putBytes(info, value.number, 8);
    case Form::Text: return putText(info, value.bytes);
    case Form::Signed: return putSigned(info, static_cast<s64>(value.number));
    case Form::Unsigned: return putUnsigned(info, value.number);
    case Form::Reference:
      m_references.emplace_back(info.size(), static_cast<Die>(value.number));
      return putBytes(info, 0, 4);
    case Form::Offset: return putBytes(info, value.number, 4);
    case Form::Expression: return putUnsigned(info, value.bytes.size()), void(info += value.bytes);
    case Form::Present: return;
    }
  }

  const DwarfTree& m_tree;
  std::vector<u32> m_places; // of each entry in .debug_info
  std::vector<std::pair<size_t, Die>> m_references;
  std::map<std::string, u32> m_shapes;
  DwarfTree::Sections m_out;
};

DwarfTree::Sections DwarfTree::sections() const { return DwarfWriter(*this).written(); }

} // namespace sockwalk::debug
