#include "engine/tell/objects/reader.h"
#include "engine/tell/values.h"
#include <algorithm>
#include <cstring>

namespace sockwalk::tell {

namespace {

constexpr std::size_t mostCards = 600; // looked at before the nearest are chosen

bool isBuffer(const CardSpec& spec) { return std::string_view(spec.type) == "sk_buff"; }

} // namespace

ObjectReader::Place ObjectReader::placeIn(const Places& places, u64 address) {
  const auto found = places.find(address);
  return found == places.end() ? Place() : found->second;
}

u64 ObjectReader::number(u32 offset, u32 size) const {
  u64 v = 0;
  std::memcpy(&v, m_at.memory().at(offset), std::min<u32>(size, 8));
  return v;
}

int ObjectReader::cardAt(u64 address) const {
  int best = -1;
  u32 smallest = 0;
  for (auto at = m_byAddress.upper_bound(address); at != m_byAddress.begin();) {
    --at;
    if (address - at->first >= m_largest) break;
    const u32 size = m_graph.cards[static_cast<std::size_t>(at->second)].size;
    if (address - at->first >= size || (best >= 0 && size > smallest)) continue;
    best = at->second;
    smallest = size;
  }
  return best;
}

void ObjectReader::reach(const std::vector<u64>& seeds) {
  m_waiting.insert(m_waiting.end(), seeds.begin(), seeds.end());
  do {
    while (!m_waiting.empty() && m_graph.cards.size() < mostCards) {
      const u64 address = m_waiting.front();
      m_waiting.pop_front();
      addObject(address);
    }
  } while (placeAgain());
}

// The same words of an sk_buff are a list's pointers or a tree's: only its queue tells. One that was met before its
// queue is read once more; that may lead to others.
bool ObjectReader::placeAgain() {
  bool again = false;
  for (std::size_t i = 0; i < m_graph.cards.size(); ++i) {
    ObjectCard& card = m_graph.cards[i];
    const CardSpec& spec = cardSpecs()[static_cast<std::size_t>(card.kind)];
    if (!isBuffer(spec)) continue;
    if (placeIn(m_places, card.address) == placeIn(m_read, card.address)) continue;
    readRows(card, spec, nullptr);
    again = true;
  }
  return again;
}

void ObjectReader::addWords(int index) {
  ObjectCard& card = m_graph.cards[static_cast<std::size_t>(index)];
  m_inWords = true;
  readRows(card, cardSpecs()[static_cast<std::size_t>(card.kind)], m_layouts[static_cast<std::size_t>(index)]);
  m_inWords = false;
}

void ObjectReader::addObject(u64 address) {
  const ObjectRef object = objectAt(m_at, address);
  if (!object || !m_seen.insert(object.offset).second) return;
  for (const CardSpec* spec : specsFor(object.type)) addCard(object, *spec);
}

void ObjectReader::addCard(const ObjectRef& object, const CardSpec& spec) {
  ObjectCard card;
  u32 base = object.offset;
  card.size = object.size;
  card.title = object.name;
  card.type = object.name.substr(0, object.name.find(' '));
  if (const LayoutInfo* layout = layoutOf(object.type)) card.type = layout->name;
  if (spec.holder) {
    const Field part = fieldAt(spec.holder, spec.part);
    if (!part) return;
    base += part.offset();
    card.size = part.member->size;
    card.type = spec.type;
    // As pointers to it read: there are fdtables and inodes that stand alone, too, with numbers of their own.
    const bool numbered = object.name.find(' ') != object.name.npos;
    card.title = spec.prefix ? spec.prefix + object.name
                 : numbered  ? addressName(m_at, Arena::addressOf(base))
                             : std::string(plainName(card.type));
    if (spec.living && !this->number(base + fieldAt(spec.type, spec.living).offset(), 4)) return;
  }
  card.address = Arena::addressOf(base);
  card.layer = spec.layer;
  card.kind = static_cast<int>(&spec - cardSpecs().data());
  card.column = spec.column;
  card.born = m_step.born(object.offset);
  m_layouts.push_back(layoutOf(object.type));
  readRows(card, spec, m_layouts.back());
  m_byAddress.emplace(card.address, static_cast<int>(m_graph.cards.size()));
  m_largest = std::max(m_largest, card.size);
  m_graph.cards.push_back(std::move(card));
}

void ObjectReader::readRows(ObjectCard& card, const CardSpec& spec, const LayoutInfo* object) {
  const u32 base = static_cast<u32>(card.address);
  const Place place = placeIn(m_places, card.address);
  card.rows.clear();
  if (isBuffer(spec)) m_read[card.address] = place;
  for (const RowSpec& row : spec.rows) {
    if (row.of && (!object || !beginsWith(*object, row.of))) continue;
    if (row.where != RowSpec::Anywhere && (row.where == RowSpec::OnTree) != place.tree) continue;
    if (row.form == RowSpec::Sequence && !place.tcp) continue;
    if (row.form == RowSpec::Passed && !carriesFiles(base)) continue;
    const Field field = fieldOf(row, spec);
    if (!field) continue;
    ObjectRow r = readRow(row, spec, field, base);
    if (r.silent && row.quiet && !r.changed) continue;
    // A list that ends here says nothing.
    if (std::string_view(row.label.text) == "next" && !r.target) continue;
    card.rows.push_back(std::move(r));
  }
  if (std::string_view(spec.type) == "fdtable") addDescriptors(card, base);
  if (std::string_view(spec.type) == "2.6/files_struct") addDescriptors26(card, base);
  if (std::string_view(spec.type) == "inet_hashinfo") addBuckets(card, base);
  if (std::string_view(spec.type) == "scm_fp_list") addPassed(card, base);
  if (m_inWords) return;
  for (const ObjectRow& row : card.rows)
    if (row.target) m_waiting.push_back(row.target);
}

} // namespace sockwalk::tell
