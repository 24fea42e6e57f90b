// The left side: words. A lesson with its stops and questions, or, when none runs, what happens now and the list of
// calls.
#pragma once
#include "engine/tell/lessons/lesson_file.h"
#include "views/theme/find_bar.h"
#include "views/walk/view.h"
#include <map>

class QLabel;
class QListView;
class QPushButton;
class QScrollArea;
class QStackedWidget;
class QTextBlock;
class QTextBrowser;
class QVBoxLayout;

namespace sockwalk {

class CallList;
class ElidedLabel;
class SaidPlace;
class LessonEnd;
class QuestionCard;

QStringList lessonFiles(); // those of the program and the person's own, sorted: NN-topic/lesson.md

class LessonPanel final : public View {
  Q_OBJECT
public:
  explicit LessonPanel(Walk& walk, QWidget* parent = nullptr);

  // Opens the lesson's scenario in the walk and goes to its first stop. Errors name file and line.
  Result<void> openLesson(const QString& file, const scenario::OpenOptions& options = {});
  void closeLesson();
  bool inLesson() const { return !m_lesson.stops.empty(); }
  QString title() const { return QString::fromStdString(m_lesson.title); }
  int stop() const { return m_stop; }
  int stopCount() const { return static_cast<int>(m_lesson.stops.size()); }
  // The lesson's question `index` of this stop, answered as a person would; true if the engine says the same.
  bool answer(int index, const QString& given);

  void goTo(int stop);
  FindBar* findBar() { return m_find; }
  bool find() override;

  // The lesson as it stands, to be taken up again when its walk is open once more.
  struct Kept {
    tell::Lesson lesson{};
    std::vector<EventIndex> positions{};
    std::map<std::pair<int, int>, bool> answered{};
    int stop = 0;
  };
  Kept putAside();
  void takeUp(Kept kept);

signals:
  void stopShown(const QString& file, int stop); // of the lesson in this file
  void lessonWanted(const QString& file);        // chosen here
  void welcomeWanted();

public slots:
  void next();
  void back();

private:
  void opened() override;
  void recorded() override { refresh(); }
  void moved(EventIndex, EventIndex, bool) override { refresh(); }
  void restyled() override;
  void buildLessonPage();
  QWidget* textAndQuestions(QWidget* parent);
  void fitText();
  bool eventFilter(QObject* watched, QEvent* event) override;
  void buildNarrationPage();
  void showWords();        // of the stop
  void showStop(int stop); // goes there
  void putUp(int stop);    // its words and questions
  void finish();
  void showEnd();
  void buildEndPage();
  void addQuestion(const tell::Question& question, int index);
  void given(QuestionCard& card, int index, const QString& answer);
  void uncover(int question);
  void clearQuestions();
  void refresh();
  void coverAnswers(); // of the questions that are open
  FindPlaces placesToFind();
  void showFoundText(const QTextBlock& block);
  void showFoundCall(int row);
  void fillLessonMenu();

  ElidedLabel* m_title; // of the lesson, or of the call that runs
  QStackedWidget* m_pages;
  FindBar* m_find;
  // lesson
  QLabel* m_where;
  SaidPlace* m_said; // below the question: what happens now, or what the engine says to the answer
  QScrollArea* m_page;
  QTextBrowser* m_text;
  QVBoxLayout* m_questions;
  QPushButton *m_back, *m_next;
  tell::Lesson m_lesson;
  LessonEnd* m_end;
  QScrollArea* m_endPage; // which it is on
  std::vector<EventIndex> m_positions;
  std::map<std::pair<int, int>, bool> m_answered; // stop and question: whether the first answer was right
  int m_stop = 0;
  std::vector<char> m_open; // by question of this stop: not answered, nor revealed
  bool m_opening = false;
  // narration
  QLabel *m_sentence, *m_notes;
  CallList* m_calls;
  QListView* m_list;
  QPushButton* m_lessons;
};

} // namespace sockwalk
