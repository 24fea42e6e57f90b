#include "app/field_name.h"
#include "engine/journal/reflection.h"
#include <QRegularExpression>

namespace sockwalk {
namespace {

QString text(std::string_view s) { return QString::fromUtf8(s.data(), qsizetype(s.size())); }

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
  if (!layout) return std::nullopt;
  for (const MemberInfo& m : layout->members)
    if (text(m.name) == member) return FieldRange{object.offset + m.offset, m.size};
  return std::nullopt;
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
