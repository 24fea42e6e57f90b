#include "app/field_name.h"
#include "engine/memory/macro_names.h"
#include "engine/tell/structures/structures.h"
#include "views/walk/text.h"
#include <QRegularExpression>

namespace sockwalk {
namespace {

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
  const auto named = tell::structureNamed(walk.playhead(), name.toStdString());
  tell::StructureSubject object = named ? *named : tell::StructureSubject();
  if (!object && member.isEmpty() && walk.focus()) { // only a member: of what is looked at
    object = tell::subjectAt(walk.playhead(), walk.focus());
    member = name;
  }
  if (!object) return std::nullopt;
  if (member.isEmpty()) return FieldRange{object.base, object.size};
  return object.layout ? memberNamed(*object.layout, member.toStdString(), object.base) : std::nullopt;
}

QStringList fieldNames(const Walk& walk) {
  QStringList names;
  if (!walk.isOpen()) return names;
  if (walk.focus()) {
    const tell::StructureSubject object = tell::subjectAt(walk.playhead(), walk.focus());
    const QString name = text(tell::subjectName(walk.playhead(), object));
    if (object.layout)
      for (const MemberInfo& m : object.layout->members) names << name + " " + text(m.name);
  }
  const auto live = tell::liveStructures(walk.playhead());
  for (std::size_t i = 0; i < live.size() && i < 500; ++i) names << text(live[i].id);
  return names;
}

} // namespace sockwalk
