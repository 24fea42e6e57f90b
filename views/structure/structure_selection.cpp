// A member that is selected here is marked on the wire, in the buffer and in Source, and what is selected there here.
#include "engine/tell/selector.h"
#include "views/structure/structure_filter.h"
#include "views/structure/structure_model.h"
#include "views/structure/structure_tree.h"
#include "views/structure/structure_view.h"
#include "views/walk/selecting.h"

namespace sockwalk {

void StructureView::selectEverywhere(const QModelIndex& filtered) {
  const QModelIndex row = m_filter->mapToSource(filtered).siblingAtColumn(0);
  if (!m_subject || !row.isValid() || !m_model->placeOf(row)) return;
  const u32 size = row.data(StructureModel::SizeRole).toUInt();
  Selecting::of(m_walk).selectBytes(m_subject.base + row.data(StructureModel::OffsetRole).toUInt(), size);
}

// The header over the bytes comes, or the object that has them.
void StructureView::showSelection() {
  const tell::Selection& s = Selecting::of(m_walk).now();
  const tell::StructureSubject subject =
      m_walk.isOpen() ? tell::subjectOf(m_walk.playhead(), s) : tell::StructureSubject{};
  if (subject && subject.covers(s.offset)) {
    if (!subject.same(m_subject)) display(subject, true);
    const QModelIndex now = m_filter->mapToSource(m_tree->currentIndex()).siblingAtColumn(0);
    const u32 from = s.offset - subject.base;
    const bool there = now.isValid() && now.data(StructureModel::OffsetRole).toUInt() == from &&
                       now.data(StructureModel::SizeRole).toUInt() == s.size;
    if (!there) selectMember(from);
  }
  markSelection();
}

void StructureView::markSelection() {
  const tell::Selection& s = Selecting::of(m_walk).now();
  const bool written = s.written == NoEvent || s.written < m_walk.position();
  const bool here = s && s.offset && written && m_subject && m_subject.covers(s.offset);
  const u32 from = here ? s.offset - m_subject.base : 0;
  static_cast<StructureTree*>(m_tree)->setLinked(from, here ? from + s.size : 0);
}

} // namespace sockwalk
