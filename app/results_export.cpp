#include "app/results_export.h"
#include "app/ask_name.h"
#include "app/lesson_progress.h"
#include "app/person_here.h"
#include "engine/base/whole_file.h"
#include <QCoreApplication>

namespace sockwalk {

QString askResultsFile(QWidget* parent) {
  return askName(parent, QCoreApplication::translate("Lessons", "Export results"), QStringLiteral("results.csv"),
                 QCoreApplication::translate("Lessons", "Tables (*.csv);;JSON (*.json)"), QStringLiteral("csv"));
}

Result<void> exportResults(const QString& path) {
  const auto results = lessonResults();
  if (!results) return results.error();
  const auto bytes = tell::reportFor(path.toStdString(), *results, personHere().name);
  return bytes ? writeWholeFile(path.toStdString(), *bytes) : bytes.error();
}

} // namespace sockwalk
