// What a person's lessons came to, written where the person says.
#pragma once
#include "engine/base/result.h"
#include <QString>

class QWidget;

namespace sockwalk {

QString askResultsFile(QWidget* parent);         // "" if the person thinks better of it
Result<void> exportResults(const QString& path); // .csv or .json
} // namespace sockwalk
