#include "app/field_name.h"
#include "engine/tell/structures/member_path.h"
#include "engine/tell/structures/structures.h"
#include "views/walk/text.h"
#include <QRegularExpression>

namespace sockwalk {
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
  const tell::MemberPlace place =
      object.layout ? tell::memberNamed(*object.layout, member.toStdString(), object.base) : tell::MemberPlace();
  return place ? std::optional(FieldRange{place.offset(), place.member.size}) : std::nullopt;
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
