// The left side: words. A lesson with its stops and questions, or, when none runs, what happens now and the list of
// calls.
#pragma once
#include "engine/tell/lessons/answers.h"
#include "engine/tell/lessons/lab_run.h"
#include "views/theme/find_bar.h"
#include "views/walk/view.h"
#include <map>
#include <QFileSystemWatcher>
#include <QPointer>
#include <QTimer>

class QLabel;
class QListView;
class QMenu;
class QPushButton;
class QScrollArea;
class QStackedWidget;
class QTextBlock;
class QVBoxLayout;

namespace sockwalk {

class CallList;
class ElidedLabel;
class LabBench;
class LabCard;
class SaidPlace;
class LessonEnd;
class LessonText;
class LessonTrouble;
class QuestionCard;

QStringList lessonFiles(); // those of the program and the person's own, sorted: NN-topic/lesson.md

class LessonPanel final : public View {
  Q_OBJECT
public:
  explicit LessonPanel(Walk& walk, QWidget* parent = nullptr);

  // Opens the lesson's scenario in the walk and goes to its first stop. A lesson that is broken does not begin: what is
  // wrong with it stands here instead, and the error has the first line of that.
  Result<void> openLesson(const QString& file, const scenario::OpenOptions& options = {});
  void closeLesson();
  bool inLesson() const { return !m_lesson.stops.empty(); }
  QString title() const { return QString::fromStdString(m_lesson.title); }
  int stop() const { return m_stop; }
  int stopCount() const { return static_cast<int>(m_lesson.stops.size()); }
  // The lesson's question `index` of this stop, answered as a person would. Whether the engine says the same; an error: it
  // cannot say, so nobody is wrong.
  Result<bool> answer(int index, const tell::Given& given);
  const tell::Lesson& lesson() const { return m_lesson; }
  // For who shows the stop to others: its words with what is computed in them, and its questions.
  QString words(const tell::LessonWords& words) const;
  tell::Lab withNumbers(const tell::Lab& lab) const; // which the person's seed draws
  bool isOpen(int question) const { return m_open[static_cast<size_t>(question)]; }
  Result<tell::RightAnswer> rightAnswer(int question) const;
  void reveal(int question); // the walk goes there

  void goTo(int stop);
  void lookAgain();             // says once more what the stop looks at, for views that have come since
  void addBelow(QWidget* line); // under the questions, above what is said of an answer
  FindBar* findBar() { return m_find; }
  bool find() override;

  // The lesson as it stands, to be taken up again when its walk is open once more.
  // What became of a question.
  struct Answered {
    int tries = 0;       // that were given
    bool atOnce = false; // the first one was right
    bool over = false;   // right, revealed, or all tries given
    bool right = false;
    int points = 0;
    u32 seed = 0; // of a lab that draws numbers
  };
  struct Kept {
    tell::Lesson lesson{};
    std::vector<EventIndex> positions{};
    std::map<std::pair<int, int>, Answered> answered{};
    int stop = 0;
  };
  Kept putAside();
  void takeUp(Kept kept);
  void setSeed(u32 seed); // of the person, from which labs draw numbers
  void leaveLab();        // the lesson's own walk is back, if a person was at a lab

signals:
  void besideWanted(const QString& view);        // on the stage, beside the one that was wanted; "": that one alone
  void stopShown(const QString& file, int stop); // of the lesson in this file
  // A question or a lab of the lesson in this file has been tried, or given up.
  void answered(const QString& file, const QString& id, const sockwalk::LessonPanel::Answered& state);
  void lessonWanted(const QString& file); // chosen here
  void lessonOpened(const QString& file); // one that was broken has been mended, and has begun
  void welcomeWanted();
  void readingChanged(bool lesson); // there is a lesson to read, or none
  void labEntered();                // the walk is a lab's now, and was the lesson's
  void labLeft();

public slots:
  void next();
  void back();

private:
  void opened() override;
  void recorded() override;
  void moved(EventIndex, EventIndex, bool) override { refresh(); }
  void restyled() override;
  void buildLessonPage();
  QWidget* textAndQuestions(QWidget* parent);
  static void onKeys(QPushButton* button, QKeyCombination keys);
  void orderKeys();
  void fitText();
  void hold();
  bool fitBoth(); // the text and the questions are seen at once
  int asked() const;
  int said() const;
  double lineHeight() const;
  void buildBelow();
  QWidget* cardBelow() const; // the first question or lab that is not in sight; nullptr: there is none
  void tellBelow();
  bool eventFilter(QObject* watched, QEvent* event) override;
  void buildNarrationPage();
  void showWords();                        // of the stop
  void showStop(int stop);                 // goes there
  void look(const tell::LessonStop& stop); // its views, and what is looked at in them
  void showViews(const tell::LessonStop& stop);
  QString viewAsked(const std::string& written) const;
  void pointAt(const tell::LessonStop& stop);
  void putUp(int stop); // its words and questions
  void finish();
  void showEnd();
  void buildEndPage();

  // ---- questions (lesson_questions.cpp)
  void addQuestion(const tell::Question& question, int index);
  QStringList verdictsOf(const tell::Question& question);
  void given(QuestionCard& card, int index, const tell::Given& answer);
  QString wrongWords(const tell::Question& question, const tell::JudgedAnswer& judged) const;
  void lastTry(QuestionCard& card, int index, const tell::RightAnswer& right);
  void showAnswer(int index); // the walk goes there
  void clicked(const tell::Given& answer);
  void tellAnswered(int index);
  const tell::Question& question(int index) const;
  void uncover(int question);
  void clearQuestions();

  // ---- labs (lesson_labs.cpp)
  void buildBench();
  scenario::Session& session() const;           // the lesson's, whatever is walked through
  void addLab(const tell::Lab& lab, int index); // counted behind the questions of the stop
  void workAtLab(const std::function<void()>& begin);
  void beginLab(tell::LabSession session); // that the person is at
  void showLabSolution();
  void judgeLab();
  void labSolved(int index);

  // ---- its file (lesson_opening.cpp)
  struct Opened {
    tell::Lesson lesson;
    std::unique_ptr<scenario::Session> session;
    std::vector<EventIndex> positions;
  };
  // With what is wrong, one line each, if it cannot be opened.
  static std::optional<Opened> read(const QString& file, const scenario::OpenOptions& options, QStringList& problems);
  void buildTroublePage();
  void showTrouble(const QString& file, const QStringList& problems);
  void leaveTrouble();
  void watch(const QString& file);
  void reload();
  void reloadIfSaved();
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
  LessonText* m_text;
  QVBoxLayout* m_questions;
  QPushButton *m_back, *m_next;
  QWidget* m_room;      // of the page, and below it:
  QPushButton* m_below; // "Predict ↓", "Lab ↓"
  bool m_fitting = false, m_held = false;
  bool m_scrolls = false; // text and questions together: there is no room for both
  tell::Lesson m_lesson;
  LessonEnd* m_end;
  QScrollArea* m_endPage; // which it is on
  std::vector<EventIndex> m_positions;
  std::map<std::pair<int, int>, Answered> m_answered; // by stop and question
  int m_stop = 0;
  std::vector<char> m_open; // by question of this stop: not answered, nor revealed
  int m_tallest = 0;        // px, that its text has been, where it scrolls with its questions
  LabBench* m_bench;
  struct AtLab {
    QPointer<LabCard> card;
    tell::Lab lab{};
    int index = 0;
    bool shown = false; // its solution
  } m_atLab;            // that was begun last
  u32 m_seed = 0;
  bool m_opening = false;
  scenario::OpenOptions m_options; // with which it was opened
  LessonTrouble* m_trouble;
  QString m_troubled; // the file of a lesson that is broken
  QFileSystemWatcher m_files;
  QString m_state;  // of the files, when they were read
  QTimer m_changed; // so that a file is read once when it has been saved
  // narration
  QLabel *m_sentence, *m_notes;
  CallList* m_calls;
  QListView* m_list;
  QPushButton* m_lessons;
};

} // namespace sockwalk
