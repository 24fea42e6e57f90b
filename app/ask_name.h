// The name of a file to write.
#pragma once
#include <QString>

class QWidget;

namespace sockwalk {

// "" if the person thinks better of it. A name without an ending gets this one ("svg"); what is there already is asked about.
QString askName(QWidget* parent, const QString& title, const QString& proposed, const QString& kinds,
                const QString& ending);
} // namespace sockwalk
