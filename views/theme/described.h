// A painted picture as words. A canvas says what it shows as a list of items, each with its words and its place; from this
// one list come what a screen reader is told, the keys that move among the items, and the table that stands for the
// picture ("Show as table").
//
//   class Strip final : public QWidget, public Described {   // QWidget first
//   public:
//     Strip() : Described(*static_cast<QWidget*>(this)) {}
//   private:
//     Description describe() const override;                 // asked for when somebody wants to know
//     void keyPressEvent(QKeyEvent* e) override { if (!moveByKey(e)) QWidget::keyPressEvent(e); }
//   };
//
// It calls describedAnew() when it shows something else, describedElsewhere() when the same stands at other places.
#pragma once
#include <functional>
#include <optional>
#include <QAccessible>
#include <QCoreApplication>
#include <QRect>
#include <QSize>
#include <QStringList>
#include <vector>

class QContextMenuEvent;
class QKeyEvent;
class QPainter;
class QWidget;

namespace sockwalk {

struct DescribedItem {
  QStringList cells; // one for each heading; the first that is not empty names the item, unless `name` does
  QRect rect;        // px of the canvas, or of its viewport
  QAccessible::Role role = QAccessible::StaticText;
  std::function<void()> press{}; // what a click on it does; none: nothing
  QString name{};
  bool lit = false;   // what runs, what is chosen
  bool listed = true; // a row of the table; others are said elsewhere in it
  struct Value {      // of the playhead: it can be set
    double now, least, most;
    std::function<void(double)> set;
  };
  std::optional<Value> value{};
};
struct Description {
  QStringList headings;
  std::vector<DescribedItem> items;
  QString summary; // what is to be said of the whole at this moment; of what is left out, too

  QString nameOf(const DescribedItem& item) const;
  QString wordsOf(const DescribedItem& item) const; // its other cells: "Layer: inet, State: running"
};

class Described {
  Q_DECLARE_TR_FUNCTIONS(sockwalk::Described)
public:
  explicit Described(QWidget& canvas, QAccessible::Role role = QAccessible::Canvas);
  virtual ~Described();
  Described(const Described&) = delete;
  Described& operator=(const Described&) = delete;

  static Described* of(QObject* canvas); // nullptr if it describes nothing
  // What must not be told yet, wherever it stands in words: a lesson's open question asks for it. nullptr: all is told.
  using Cover = std::function<QString(const QString& words)>;
  static void coverBy(Cover cover);
  static QString told(const QString& words); // covered
  QWidget& canvas() const { return m_canvas; }
  QWidget& surface() const; // that the items' places are of
  QAccessible::Role role() const { return m_role; }
  const Description& description() const; // kept until the next describedAnew()
  int currentItem() const;                // the one that the keyboard stands on; -1
  void setCurrentItem(int item);
  int itemAt(const QPoint& at) const;      // on the surface; the smallest; -1
  std::function<void()> whenDescribedAnew; // for the one who shows it as a table

protected:
  virtual Description describe() const = 0;
  virtual void showItem(int) {} // the keyboard has come to it: bring it into sight, light it
  void describedAnew();
  void describedElsewhere() { m_description.reset(); }
  // Arrows, Home and End move among the items, Enter presses; false: the key means something else.
  bool moveByKey(const QKeyEvent* event);
  // The item's deed, then the canvas's own actions.
  void openMenu(const QContextMenuEvent& event);
  void paintCurrentItem(QPainter& painter) const; // a ring, while the canvas has the keys

private:
  int next(int from, int step) const; // the next item that can be stood on

  QWidget& m_canvas;
  QAccessible::Role m_role;
  mutable std::optional<Description> m_description;
  mutable QSize m_describedAt; // the surface's size then: with another one, all stands elsewhere
  int m_current = -1;
  QString m_currentName; // so that it stays the same item when others come before it
};

} // namespace sockwalk
