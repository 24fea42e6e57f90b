// The line to type a filter in: green if it is understood, red if it is not, and with a list of what could stand at the
// cursor. Nothing of that takes a key away from who types: the list takes Tab, and Return once a word of it is chosen.
#pragma once
#include <QLineEdit>

class QCompleter;
class QStandardItemModel;

namespace sockwalk {

namespace tell::expression {
class Vocabulary;
struct Completion;
} // namespace tell::expression

class FilterLine final : public QLineEdit {
  Q_OBJECT
public:
  enum class State { Plain, Good, Wrong };

  FilterLine(const tell::expression::Vocabulary& vocabulary, QWidget* parent = nullptr);
  void setState(State state);
  State state() const { return m_state; }
  QCompleter* words() const { return m_words; }

protected:
  bool event(QEvent*) override;
  bool eventFilter(QObject* watched, QEvent* event) override;
  void keyPressEvent(QKeyEvent*) override;

private:
  bool takeKey(QEvent* event);
  tell::expression::Completion completion() const;
  void suggest();
  void complete(const QString& word);

  const tell::expression::Vocabulary& m_vocabulary;
  QCompleter* m_words;
  QStandardItemModel* m_model;
  State m_state = State::Plain;
};

} // namespace sockwalk
