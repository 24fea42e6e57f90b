// Help > Write a lesson: the guide to read, and beside it what one does with it: make a lesson from the template, check it,
// open it. It stays open while one writes.
#pragma once
#include <QDialog>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QTextBrowser;

namespace sockwalk {

QString lessonGuideHtml();

class LessonGuide final : public QDialog {
  Q_OBJECT
public:
  // `folder`: of the lesson that is open; "": one of the person's own is proposed.
  explicit LessonGuide(const QString& folder, QWidget* parent = nullptr);
  QString folder() const;
  void setFolder(const QString& folder);
  QString verdict() const; // of what was asked for last

public slots:
  void make();
  void check();

signals:
  void lessonWanted(const QString& folder);

protected:
  void changeEvent(QEvent* event) override;

private:
  QWidget* buildPage();
  QWidget* buildSide();
  void choose();
  void open();
  void say(bool good, const QString& words);
  void enable();
  void restyle();

  QTextBrowser* m_page;
  QLineEdit* m_folder;
  QPushButton *m_make, *m_check, *m_open;
  QLabel* m_said;
  QPlainTextEdit* m_problems;
};

} // namespace sockwalk
