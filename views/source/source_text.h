// The engine's source files as they were compiled, out of the program's own resources.
#pragma once
#include <QString>
#include <QStringList>

namespace sockwalk {

// The lines of "engine/kernel/net/socket.cpp"; nullptr for a file that is not embedded. Kept once read.
const QStringList* sourceLines(const QString& file);
// The line (from 1) in which the function that begins about `from` calls `callee`, by name or through a slot of that
// name; 0 if its text does not say. The search goes from `from` to the end of the function.
int callLine(const QStringList& lines, int from, const QString& callee);
// The only line of the file that calls `callee`, indented as a statement is; 0 if there is none, or several.
int callLineAnywhere(const QStringList& lines, const QString& callee);
// Whether `line` may be one that the function whose KFUNC stands in line `function` runs: it is in its body, or at least
// does something. A write from a helper in a header carries that file's line number, which means nothing here.
bool couldRun(const QStringList& lines, int function, int line);

} // namespace sockwalk
