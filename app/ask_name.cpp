#include "app/ask_name.h"
#include <QFileDialog>

namespace sockwalk {

QString askName(QWidget* parent, const QString& title, const QString& proposed, const QString& kinds,
                const QString& ending) {
  QFileDialog dialog(parent, title, QFileInfo(proposed).path(), kinds);
  dialog.setAcceptMode(QFileDialog::AcceptSave);
  dialog.setDefaultSuffix(ending);
  dialog.selectFile(proposed);
  return dialog.exec() == QDialog::Accepted ? dialog.selectedFiles().value(0) : QString();
}

} // namespace sockwalk
