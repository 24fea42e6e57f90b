// The line in which a view is searched, over its upper right corner: Return goes to the next place, Shift+Return to the
// previous, Escape closes. It moves nothing below it.
//
//   m_find = new FindBar(this, tr("A function of this path"), searchOf(places));
//   void find() override { m_find->open(); }
#pragma once
#include <functional>
#include <QFrame>
#include <QPointer>

class QLabel;
class QLineEdit;

namespace sockwalk {

class FindBar final : public QFrame {
  Q_OBJECT
public:
  // What a search has shown: the how-manieth of how many. Where nobody counts, `count` is 1 if there is something.
  struct Found {
    int number = 0, count = 0;
  };
  // Shows the place nearest to where one is (0, while one types), the next (1) or the one before (-1). "" takes the mark
  // of the last one away.
  using Search = std::function<Found(const QString& text, int direction)>;

  FindBar(QWidget* view, const QString& what, Search search);
  void open(); // with what was looked for last, chosen so that typing replaces it
  void close();
  QLineEdit* line() const { return m_line; }
  QString said() const; // "3 of 12", "Nothing found"

protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

private:
  void look(int direction);
  void place();
  bool takeKey(int key, Qt::KeyboardModifiers modifiers);

  Search m_search;
  QLineEdit* m_line;
  QLabel* m_count;
  QPointer<QWidget> m_before; // had the keys
};

// Things in a row, to be searched by their text.
struct FindPlaces {
  std::function<int()> count;
  std::function<QString(int)> text;
  std::function<int()> here;     // from where on one looks; -1: from the first
  std::function<void(int)> show; // -1: none any more
};
FindBar::Search searchOf(FindPlaces places);

} // namespace sockwalk
