// A calm line above the stage for what went wrong, or what is worth knowing: it says so, and goes when told.
#pragma once
#include <functional>
#include <QFrame>
#include <vector>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace sockwalk {

class Banner final : public QFrame {
  Q_OBJECT
public:
  enum class Kind { Error, Hint };
  explicit Banner(QWidget* parent = nullptr);
  // Lines after the first are shown in monospace: places in files, commands to type. They can be copied.
  void say(Kind kind, const QString& message);
  // With buttons, the first of which is what most people will want.
  struct Choice {
    QString text;
    std::function<void()> chosen;
  };
  void ask(const QString& message, const std::vector<Choice>& choices);
  QString message() const { return m_message; }

protected:
  void resizeEvent(QResizeEvent*) override { fit(); }

private:
  void fit();

  QLabel *m_headline, *m_rest;
  QPushButton* m_more;
  QString m_first; // the first line
  bool m_whole = false;
  QHBoxLayout *m_row, *m_below; // buttons stand beside the words, or below many
  std::vector<QPushButton*> m_choices;
  QString m_message;
};

} // namespace sockwalk
