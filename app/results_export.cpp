#include "app/results_export.h"
#include "app/ask_name.h"
#include "app/lesson_progress.h"
#include <nlohmann/json.hpp>
#include <QCoreApplication>
#include <QSaveFile>

namespace sockwalk {

QString askResultsFile(QWidget* parent) {
  return askName(parent, QCoreApplication::translate("Lessons", "Export results"), QStringLiteral("results.csv"),
                 QCoreApplication::translate("Lessons", "Tables (*.csv);;JSON (*.json)"), QStringLiteral("csv"));
}

Result<void> exportResults(const QString& path) {
  const auto results = lessonResults();
  if (!results) return results.error();
  const auto reports = tell::reportOf(*results);
  const std::string bytes = path.endsWith(".json") ? tell::json(reports).dump(1) + '\n' : tell::csv(reports);
  QSaveFile file(path);
  if (file.open(QIODevice::WriteOnly) && file.write(QByteArray::fromStdString(bytes)) >= 0 && file.commit()) return {};
  return Error{
      QCoreApplication::translate("Lessons", "%1 cannot be written: %2").arg(path, file.errorString()).toStdString()};
}

} // namespace sockwalk
