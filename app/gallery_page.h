// The gallery's index.html: each scene with its pictures in a table, so that they can be compared at a glance.
#pragma once
#include <QString>
#include <vector>

namespace sockwalk {

struct GalleryRow {
  QString name, title;                 // of the scene
  std::vector<QString> sizes, columns; // the table's heads
  // Of a picture in the folder; by size, then by column. "" where there is none.
  std::vector<std::vector<QString>> files;
};
QString galleryPage(const std::vector<GalleryRow>& rows);

} // namespace sockwalk
