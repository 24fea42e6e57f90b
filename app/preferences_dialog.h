// File > Preferences: what a person has chosen for good, in one place. Each line is one of the window's own actions, so
// that it says and does the same as the menu.
#pragma once
#include <functional>
#include <QDialog>
#include <vector>

class QAction;
class QActionGroup;

namespace sockwalk {

struct Preferences {
  struct Choice {
    std::function<QString()> name; // in the language of now
    QActionGroup* of;              // exclusive
  };
  struct Line { // of words, or of a number
    std::function<QString()> name, about;
    std::function<QString()> now;
    std::function<void(const QString&)> set;
    int most = 0; // of a number, which is from 1; 0: words
  };
  std::vector<Choice> choices;
  std::vector<QAction*> switches; // checkable
  std::vector<Line> lines;
};

class PreferencesDialog final : public QDialog {
  Q_OBJECT
public:
  // `keptIn`: where what one does is kept as one works.
  PreferencesDialog(const Preferences& preferences, const QString& keptIn, QWidget* parent = nullptr);
};

} // namespace sockwalk
