// The left side: words. A lesson with its stops and questions, or, when none runs, what happens now and the list of
// calls.
#pragma once
#include "views/lesson/lesson_file.h"
#include "views/walk/walk.h"
#include <QWidget>

class QLabel;
class QListView;
class QPushButton;
class QStackedWidget;
class QTextBrowser;
class QVBoxLayout;

namespace sockwalk {

class CallList;

// Where lessons/ and assets/ are: beside the program's sources or above its build; "" if nowhere.
QString courseFolder();
QStringList lessonFiles(); // sorted: NN-topic/lesson.md

class LessonPanel final : public QWidget {
  Q_OBJECT
public:
  explicit LessonPanel(Walk& walk, QWidget* parent = nullptr);

  // Opens the lesson's scenario in the walk and goes to its first stop. Errors name file and line.
  Result<void> openLesson(const QString& file);
  void closeLesson();
  bool inLesson() const { return !m_lesson.stops.empty(); }
  int stop() const { return m_stop; }
  int stopCount() const { return static_cast<int>(m_lesson.stops.size()); }
  // The lesson's question `index` of this stop, answered as a person would; true if the engine says the same.
  bool answer(int index, const QString& given);

public slots:
  void next();
  void back();

signals:
  void viewWanted(const QString& name); // the stage that this stop is about
  void focusWanted(quint64 address);
  void failed(const QString& why);

private:
  void buildLessonPage();
  void buildNarrationPage();
  void showStop(int stop);
  void addQuestion(const Question& question, int index);
  void clearQuestions();
  void refresh();
  void fillLessonMenu();

  Walk& m_walk;
  QStackedWidget* m_pages;
  // lesson
  QLabel *m_title, *m_where, *m_now;
  QTextBrowser* m_text;
  QVBoxLayout* m_questions;
  QPushButton *m_back, *m_next;
  Lesson m_lesson;
  std::vector<EventIndex> m_positions;
  int m_stop = 0;
  bool m_opening = false;
  // narration
  QLabel *m_callTitle, *m_sentence, *m_notes;
  CallList* m_calls;
  QListView* m_list;
  QPushButton* m_lessons;
};

} // namespace sockwalk
