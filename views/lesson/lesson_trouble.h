// In the place of a lesson that is broken: what is wrong with it, line by line, for its author.
#pragma once
#include <QWidget>

class QLabel;

namespace sockwalk {

class LessonTrouble final : public QWidget {
  Q_OBJECT
public:
  explicit LessonTrouble(QWidget* parent = nullptr);
  void show(const QString& file, const QStringList& problems);
  QStringList problems() const { return m_problems; }

signals:
  void again(); // the file has been mended
  void closed();

private:
  QLabel *m_title, *m_list;
  QStringList m_problems;
};

} // namespace sockwalk
