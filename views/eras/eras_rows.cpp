#include "views/eras/eras_rows.h"
#include "engine/tell/values.h"
#include "views/walk/text.h"
#include <QCoreApplication>

namespace sockwalk {

using tell::EraCall, tell::EraMember;

namespace {

struct Words {
  Q_DECLARE_TR_FUNCTIONS(sockwalk::ErasCanvas)
};

ErasSide sideOf(const EraCall& call) {
  if (!call) return {};
  ErasSide out;
  out.name = text(call.name);
  out.more = text(call.result);
  out.from = text(call.caller);
  out.begins = call.call;
  out.back = call.back;
  out.depth = call.depth;
  out.layer = call.layer;
  return out;
}

// "24: 8 bytes", "19: bits 0 to 3"
QString placeOf(const EraMember& member) {
  const QString bytes = QStringLiteral("%1: ").arg(member.offset);
  if (!member.bits) return bytes + shown(tell::bytes(member.size));
  if (member.bits == 1) return bytes + Words::tr("bit %1").arg(member.bit);
  return bytes + Words::tr("bits %1 to %2").arg(member.bit).arg(member.bit + member.bits - 1);
}

ErasSide sideOf(const EraMember& member) {
  if (!member) return {};
  ErasSide out;
  out.name = text(member.path);
  out.more = text(member.type);
  out.from = placeOf(member);
  return out;
}

// Beside a call that stands alone: whence this kernel calls it, and on which side of here.
QString elsewhereOf(const tell::EraStimulus& in, size_t row) {
  const int other = in.rows[row].elsewhere;
  if (other < 0) return {};
  const tell::EraRow& there = in.rows[size_t(other)];
  const QString caller = text((in.rows[row].then ? there.now : there.then).caller);
  return (size_t(other) > row ? Words::tr("below, called by %1") : Words::tr("above, called by %1")).arg(caller);
}

ErasSide sideOf(const tell::EraAnswer& answer) {
  ErasSide out;
  out.name = text(answer.result);
  out.begins = answer.begins;
  out.back = answer.ends - 1;
  return out;
}

} // namespace

ErasPicture pictureOf(const tell::ErasOfWalk& both) {
  ErasPicture out{{}, {std::begin(both.compared.counts), std::end(both.compared.counts)}, both.open};
  for (const tell::EraStimulus& s : both.compared.stimuli) {
    out.rows.push_back({ErasRow::Heading, tell::EraMark::Kept, text(s.text), sideOf(s.then), sideOf(s.now)});
    for (size_t i = 0; i < s.rows.size(); ++i) {
      ErasRow row{ErasRow::Call, s.rows[i].mark, {}, sideOf(s.rows[i].then), sideOf(s.rows[i].now)};
      if (row.then.name.isEmpty()) row.then.elsewhere = elsewhereOf(s, i);
      if (row.now.name.isEmpty()) row.now.elsewhere = elsewhereOf(s, i);
      out.rows.push_back(std::move(row));
    }
  }
  if (const tell::Text refused = tell::refusedText(both); !refused.empty())
    out.rows.push_back({ErasRow::Sentence, tell::EraMark::Kept, shown(refused), {}, {}});
  return out;
}

ErasPicture pictureOf(const tell::ErasOfStructure& structure) {
  ErasPicture out{{}, {std::begin(structure.counts), std::end(structure.counts)}};
  out.then = text(tell::nameOf(structure.releases.then));
  out.now = text(tell::nameOf(structure.releases.now));
  ErasRow head{ErasRow::Heading, tell::EraMark::Kept, QStringLiteral("struct ") + text(structure.name), {}, {}};
  head.then.name = shown(tell::bytes(structure.sizeThen));
  head.now.name = shown(tell::bytes(structure.sizeNow));
  out.rows.push_back(std::move(head));
  for (const tell::EraMemberRow& r : structure.rows)
    out.rows.push_back({ErasRow::Member, r.mark, {}, sideOf(r.then), sideOf(r.now)});
  if (const tell::Text processors = tell::processorsText(structure.releases); !processors.empty())
    out.rows.push_back({ErasRow::Sentence, tell::EraMark::Kept, shown(processors), {}, {}});
  return out;
}

} // namespace sockwalk
