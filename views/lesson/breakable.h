// Names too long for a narrow panel may go on in the next line.
#pragma once
#include <QString>

namespace sockwalk {

QString breakable(const QString& words); // with places at which a line may end, that are not seen
QString unbroken(QString words);         // without them, as it was

} // namespace sockwalk
