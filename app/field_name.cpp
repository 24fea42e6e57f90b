#include "app/field_name.h"
#include "engine/journal/reflection.h"
#include "engine/memory/macro_names.h"
#include "views/walk/text.h"
#include <QRegularExpression>

namespace sockwalk {
namespace {

ObjectRef objectNamed(const Walk& walk, const QString& name) {
  if (name.startsWith("0x")) return objectAt(walk.playhead(), name.toULongLong(nullptr, 16));
  if (const DataSymbol* d = Symbols::get().dataNamed(name.toStdString()))
    return objectAt(walk.playhead(), Arena::addressOf(d->offset));
  for (const Allocation* a : liveAt(walk.journal(), walk.position())) {
    ObjectRef o = objectOf(*a);
    if (text(o.name).compare(name, Qt::CaseInsensitive) == 0) return o;
  }
  return {};
}

// A member of the structure or of one that lies in it, by its own name or by the one that the kernel's source has for it.
std::optional<FieldRange> memberNamed(const LayoutInfo& layout, std::string_view name, u32 base) {
  for (const MemberInfo& m : layout.members)
    if (m.name == name) return FieldRange{base + m.offset, m.size};
  for (const MemberInfo& m : layout.members) {
    const LayoutInfo* inner = m.kind == MemberKind::Struct && !m.array ? layoutNamed(m.target) : nullptr;
    if (!inner) continue;
    std::string_view wanted = name;
    for (const MacroName& macro : macroNames())
      if (macro.holder == m.name && macro.macro == name) wanted = macro.member;
    if (const auto found = memberNamed(*inner, wanted, base + m.offset)) return found;
  }
  return std::nullopt;
}

} // namespace

std::optional<FieldRange> findField(const Walk& walk, const QString& wish) {
  if (!walk.isOpen()) return std::nullopt;
  static const QRegularExpression form(
      R"(^\s*([A-Za-z_]\w*(?:\s*#\d+)?|0x[0-9a-fA-F]+)(?:\s*(?:\.|->|\s)\s*(\w+))?\s*$)");
  const auto match = form.match(wish);
  if (!match.hasMatch()) return std::nullopt;
  QString name = match.captured(1);
  name.replace(QRegularExpression(R"(\s*#)"), " #");
  QString member = match.captured(2);
  ObjectRef object = objectNamed(walk, name);
  if (!object && member.isEmpty() && walk.focus()) { // only a member: of what is looked at
    object = objectAt(walk.playhead(), walk.focus());
    member = name;
  }
  if (!object) return std::nullopt;
  if (member.isEmpty()) return FieldRange{object.offset, object.size};
  const LayoutInfo* layout = layoutOf(object.type);
  return layout ? memberNamed(*layout, member.toStdString(), object.offset) : std::nullopt;
}

QStringList fieldNames(const Walk& walk) {
  QStringList names;
  if (!walk.isOpen()) return names;
  if (walk.focus()) {
    const ObjectRef object = objectAt(walk.playhead(), walk.focus());
    if (const LayoutInfo* layout = object ? layoutOf(object.type) : nullptr)
      for (const MemberInfo& m : layout->members) names << text(object.name) + " " + text(m.name);
  }
  const auto live = liveAt(walk.journal(), walk.position());
  for (std::size_t i = 0; i < live.size() && i < 500; ++i) names << text(objectOf(*live[i]).name);
  return names;
}

} // namespace sockwalk
