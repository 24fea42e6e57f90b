// File > Export picture: of which view, and whether all of it.
#pragma once
#include <QDialog>

class QCheckBox;
class QComboBox;

namespace sockwalk {

class PictureDialog final : public QDialog {
  Q_OBJECT
public:
  // `views`: names and titles of what is in sight. "" stands for the whole window.
  PictureDialog(const QList<std::pair<QString, QString>>& views, const QString& chosen, QWidget* parent = nullptr);
  QString view() const;
  bool whole() const;

private:
  QComboBox* m_view;
  QCheckBox* m_whole;
};

} // namespace sockwalk
