// A stop's words: Markdown as a person reads it, with the pictures that lie beside the lesson.
#pragma once
#include <QTextBrowser>

namespace sockwalk {

class LessonText final : public QTextBrowser {
  Q_OBJECT
public:
  explicit LessonText(QWidget* parent = nullptr);
  // `folder`: where its pictures lie; nothing is loaded from elsewhere.
  void showWords(const QString& markdown, const QString& folder);
  QVariant loadResource(int type, const QUrl& name) override;

private:
  QString m_folder;
};

} // namespace sockwalk
