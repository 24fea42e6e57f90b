// What is wrong with a picture of a window, found by machine: text that is cut, covered, lies on other text, is tiny or can
// hardly be told from what it stands on, widgets that overlap or stand outside, tabs behind arrows, nodes of a graph on one another, a window larger than it may be.
//
// What is cut with dots is cut on purpose, if a tip says the whole; what a scroll bar leads to is not cut.
#pragma once
#include <QCoreApplication>
#include <QSize>
#include <QString>
#include <tuple>
#include <vector>

class QWidget;

namespace sockwalk {

struct Trouble {
  Q_DECLARE_TR_FUNCTIONS(sockwalk::Trouble)
public:
  enum Kind { Cut, Dots, Covered, Tiny, Faint, OnText, OnNode, OnWidget, Outside, Arrows, TooLarge };
  Kind kind;
  QString what;          // the text, or the widget
  QString place;         // the view or dialog it is in
  QString other = {};    // what it lies on, or is covered by
  QString words() const; // a sentence, in the language of now
  bool operator==(const Trouble&) const = default;
  bool operator<(const Trouble& t) const {
    return std::tie(kind, place, what, other) < std::tie(t.kind, t.place, t.what, t.other);
  }
};

// None twice. `wanted`: the size that the window was given.
std::vector<Trouble> troubleIn(QWidget& window, QSize wanted);

} // namespace sockwalk
