#include "app/gallery_page.h"
#include "views/theme/theme.h"
#include <QCoreApplication>

namespace sockwalk {

static QString cell(const QString& file) {
  return file.isEmpty() ? QStringLiteral("<td></td>")
                        : QString("<td><a href=\"%1\"><img loading=\"lazy\" alt=\"%1\" src=\"%1\"></a></td>").arg(file);
}

static QString tableOf(const GalleryRow& row) {
  QString html = "<table><tr><th></th>";
  for (const QString& column : row.columns) html += "<th>" + column.toHtmlEscaped() + "</th>";
  for (std::size_t i = 0; i < row.sizes.size(); ++i) {
    html += "</tr>\n<tr><th>" + row.sizes[i].toHtmlEscaped() + "</th>";
    for (const QString& file : row.files[i]) html += cell(file);
  }
  return html + "</tr></table>\n";
}

QString galleryPage(const std::vector<GalleryRow>& rows) {
  const QString title = QCoreApplication::translate("Gallery", "Sockwalk: the gallery").toHtmlEscaped();
  QString html = QString("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>%1</title>\n<style>\n"
                         "body { font: 15px sans-serif; margin: 24px; background: %2; color: %3; }\n"
                         "img { width: 100%; border: 1px solid %4; }\n"
                         "table { width: 100%; border-spacing: 8px; }\n"
                         "th { font-weight: normal; text-align: left; color: %5; }\n"
                         "nav a { margin-right: 12px; }\n</style></head>\n<body><h1>%1</h1>\n<nav>")
                     .arg(title, theme().color(Role::Page).name(), theme().color(Role::Text).name(),
                          theme().color(Role::Hairline).name(), theme().color(Role::Muted).name());
  for (const GalleryRow& row : rows) html += QString("<a href=\"#%1\">%1</a> ").arg(row.name);
  html += "</nav>\n";
  for (const GalleryRow& row : rows)
    html += QString("<h2 id=\"%1\">%2 <code>%1</code></h2>\n").arg(row.name, row.title.toHtmlEscaped()) + tableOf(row);
  return html + "</body></html>\n";
}

} // namespace sockwalk
